package io.github.dae4j.examples.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How a main runs, whatever it trains. */
public final class RunOptions {

  @Option(names = "--batch", defaultValue = "20", description = "Images of a minibatch.")
  private int batch;

  @Option(names = "--threads", defaultValue = "1", description = "CPU threads.")
  private int threads;

  @Option(
      names = "--output",
      defaultValue = "output/${COMMAND-NAME}",
      description = "Folder for all that is written.")
  private Path output;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  public int batch() {
    return batch;
  }

  public int threads() {
    return threads;
  }

  public Path output() {
    return output;
  }

  /** Checks batch and threads. */
  public void require() {
    OptionException.require("--batch", ">= 1", batch >= 1, batch);
    OptionException.require("--threads", ">= 1", threads >= 1, threads);
  }
}
