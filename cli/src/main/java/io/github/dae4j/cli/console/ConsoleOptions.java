package io.github.dae4j.cli.console;

import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** How much a main says, and to whom. */
public final class ConsoleOptions {

  @Option(
      names = {"-q", "--quiet"},
      description = "No progress, only the summary and errors.")
  private boolean quiet;

  @Option(
      names = "--json",
      description =
          "For programs: each line of standard output is a JSON object, {\"event\":\"epoch\",...} after"
              + " each epoch and {\"event\":\"result\",...} at the end.")
  private boolean json;

  public boolean quiet() {
    return quiet;
  }

  public boolean json() {
    return json;
  }

  /** What is said, on {@code out}. */
  public Console on(PrintWriter out) {
    return new Console(out, quiet, json);
  }
}
