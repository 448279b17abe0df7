package io.github.dae4j.cli.console;

import io.github.dae4j.cli.backend.Backends;
import io.github.dae4j.cli.config.Configuration;
import picocli.CommandLine.Option;

/** How many threads a configuration is trained on. */
public final class ThreadsOption {

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "CPU threads; by default those of the configuration, or 1.")
  private Integer threads;

  /** Checks what was asked for. */
  public void require() {
    require(threads == null ? 1 : threads);
  }

  /** Checks a number of threads: more than this end the process by a signal. */
  public static void require(int threads) {
    OptionException.require(
        "--threads",
        "in [1, %d]".formatted(Backends.MOST_THREADS),
        threads >= 1 && threads <= Backends.MOST_THREADS,
        threads);
  }

  /** What was asked for, or what the configuration says, or 1. */
  public int or(Configuration configuration) {
    require();
    if (threads != null) {
      return threads;
    }
    return configuration.threads() == null ? Backends.DEFAULT_THREADS : configuration.threads();
  }
}
