package io.github.dae4j.cli.console;

import picocli.CommandLine.Option;

/** How a main runs, whatever it trains. */
public final class RunOptions extends OutputOptions {

  @Option(names = "--batch", paramLabel = "N", defaultValue = "20", description = "Minibatch size.")
  private int batch;

  @Option(names = "--threads", paramLabel = "N", defaultValue = "1", description = "CPU threads.")
  private int threads;

  public int batch() {
    return batch;
  }

  public int threads() {
    return threads;
  }

  /** Starts ND4J on the threads asked for. */
  public void start() {
    start(threads);
  }

  /** Checks batch and threads. */
  public void require() {
    OptionException.require("--batch", ">= 1", batch >= 1, batch);
    ThreadsOption.require(threads);
  }
}
