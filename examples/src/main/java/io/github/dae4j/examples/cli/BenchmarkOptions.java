package io.github.dae4j.examples.cli;

import io.github.dae4j.stacked.config.ExperimentConfiguration;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the mains of benchmarks have in common. */
public final class BenchmarkOptions {

  @Mixin private ConfigurationOptions settings;
  @Mixin private ThreadsOption threads;
  @Mixin private SpeechOptions speech;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Folder for all that is written; output/ and the command's name by default.")
  private Path output;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** The configuration with all overrides; the other options are checked as well. */
  public ExperimentConfiguration read(Path configuration) {
    threads.require();
    return settings.read(configuration);
  }

  /** How many threads to train on. */
  public int threads(ExperimentConfiguration read) {
    return threads.or(read);
  }

  /** Where all that is written goes. */
  public Path output() {
    return output == null ? Path.of("output", command.name()) : output;
  }

  /** All that was typed. */
  public String commandLine() {
    return String.join(" ", command.name(), arguments()).strip();
  }

  private String arguments() {
    return String.join(" ", command.commandLine().getParseResult().originalArgs());
  }

  /** What is said on the way. */
  public Speech speech() {
    return speech.on(command.commandLine().getOut());
  }
}
