package io.github.dae4j.cli.console;

import io.github.dae4j.cli.backend.Backends;
import io.github.dae4j.internal.file.OutputFolder;
import io.github.dae4j.report.Origin;
import io.github.dae4j.report.Origin.Environment;
import io.github.dae4j.report.Page;
import io.github.dae4j.report.Report;
import io.github.dae4j.report.Section;
import io.github.dae4j.stacked.pretraining.LayerResult;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all mains of one idea share: where they write, what they say, and the report they leave. */
public class OutputOptions {

  private static final String TIMES_NOTE =
      "Slow stages only; starting Java and ND4J is not included.";
  private static final String COMMAND_NOTE =
      "dae4j means java -jar dae4j.jar. In the project's folder, mvn -q -Pdemo -Dstudy=NAME"
          + " -Dargs=\"OPTIONS\" runs a study, too.";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "output/${COMMAND-NAME}",
      showDefaultValue = Visibility.ALWAYS,
      description = "Output folder.")
  private Path output;

  @Mixin private ConsoleOptions console;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  private Stages stages;
  private String backend;

  /** Starts ND4J on so many CPU threads, and logs on what it runs, unless the main is quiet. */
  public void start(int threads) {
    if (console.quiet()) {
      startQuietly(threads);
    } else {
      backend = Backends.start(threads);
    }
  }

  /** The same without a word, where errors are still to be expected. */
  void startQuietly(int threads) {
    backend = Backends.startQuietly(threads);
  }

  /** What it runs on, as soon as it has started. */
  public String backend() {
    return backend;
  }

  /** Makes the folder, before anything long begins. */
  public void makeFolder() {
    try {
      OutputFolder.require(output);
    } catch (UncheckedIOException e) {
      throw OptionException.of("--output", e.getMessage());
    }
  }

  /** Where all that is written goes. */
  public Path output() {
    return output;
  }

  /** What the main says. */
  public Console console() {
    return console.on(command.commandLine());
  }

  /** What the main does, bar by bar. */
  public Stages stages() {
    if (stages == null) {
      stages = new Stages(console());
    }
    return stages;
  }

  /** Adds the times of layers to those of the stages. */
  public void addTimes(List<LayerResult> layers) {
    for (LayerResult layer : layers) {
      stages().times().add("layer " + layer.layer(), layer.epochs(), layer.seconds());
    }
  }

  /** All that was typed. */
  public String commandLine() {
    return new CommandEcho(command).line();
  }

  /**
   * Leaves {@code report.html} and, last, {@code report.json}, and says the result to a program.
   */
  public void finish(String title, Record result, List<Section> sections) {
    finish(title, result, null, sections);
  }

  /** The same of a main that has a configuration, as YAML. */
  public void finish(String title, Record result, String configuration, List<Section> sections) {
    page(title, configuration, sections).write(output.resolve("report.html"));
    Report.write(result, output.resolve("report.json"));
    console()
        .line(
            "The report is %s; all other files are beside it",
            output.resolve("report.html").toAbsolutePath().normalize());
    console().result(result);
  }

  private Page page(String title, String configuration, List<Section> results) {
    CommandEcho echo = new CommandEcho(command);
    Environment environment = Environment.current(backend);
    Origin origin =
        new Origin(echo.line(), COMMAND_NOTE, echo.options(), configuration, environment);
    List<Section> sections = new ArrayList<>(results);
    sections.add(stages().times().section(TIMES_NOTE));
    sections.addAll(origin.sections());
    return new Page(title, environment.ready(), sections);
  }
}
