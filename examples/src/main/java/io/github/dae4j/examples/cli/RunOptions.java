package io.github.dae4j.examples.cli;

import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a main runs, whatever it trains. */
public final class RunOptions {

  @Option(names = "--batch", defaultValue = "20", description = "Images, or rows, of a minibatch.")
  private int batch;

  @Option(names = "--threads", defaultValue = "1", description = "CPU threads.")
  private int threads;

  @Option(
      names = "--output",
      defaultValue = "output/${COMMAND-NAME}",
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

  public int batch() {
    return batch;
  }

  public int threads() {
    return threads;
  }

  public Path output() {
    return output;
  }

  /** What the main says. */
  public Speech speech() {
    return speech.on(command.commandLine().getOut());
  }

  /** Checks batch and threads. */
  public void require() {
    OptionException.require("--batch", ">= 1", batch >= 1, batch);
    OptionException.require("--threads", ">= 1", threads >= 1, threads);
  }
}
