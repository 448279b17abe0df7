package io.github.dae4j.cli.terminal;

import io.github.dae4j.cli.backend.Backends;
import io.github.dae4j.internal.file.OutputFolder;
import io.github.dae4j.report.Environment;
import io.github.dae4j.report.Origin;
import io.github.dae4j.report.Page;
import io.github.dae4j.report.Report;
import io.github.dae4j.report.Section;
import io.github.dae4j.stacked.pretraining.LayerResult;
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
      "Of all that takes time; starting Java and ND4J comes on top.";
  private static final String COMMAND_NOTE = "In the folder of the project; --help lists more.";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = "output/${COMMAND-NAME}",
      showDefaultValue = Visibility.ALWAYS,
      description = "Folder for all that is written.")
  private Path output;

  @Mixin private SpeechOptions speech;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  private Stages stages;
  private String backend;

  /** Starts ND4J on so many CPU threads, and logs on what it runs, unless the main is quiet. */
  public void start(int threads) {
    if (speech.quiet()) {
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
    OutputFolder.require(output);
  }

  /** Where all that is written goes. */
  public Path output() {
    return output;
  }

  /** What the main says. */
  public Speech speech() {
    return speech.on(command.commandLine().getOut());
  }

  /** What the main does, bar by bar. */
  public Stages stages() {
    if (stages == null) {
      stages = new Stages(speech());
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
    return new Typed(command).line();
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
    speech()
        .line(
            "The report is %s, and all else is beside it",
            output.resolve("report.html").toAbsolutePath());
    speech().result(result);
  }

  private Page page(String title, String configuration, List<Section> results) {
    Typed typed = new Typed(command);
    Environment environment = Environment.current(backend);
    Origin origin =
        new Origin(typed.maven(), COMMAND_NOTE, typed.options(), configuration, environment);
    List<Section> sections = new ArrayList<>(results);
    sections.add(stages().times().section(TIMES_NOTE));
    sections.addAll(origin.sections());
    return new Page(title, environment.ready(), sections);
  }
}
