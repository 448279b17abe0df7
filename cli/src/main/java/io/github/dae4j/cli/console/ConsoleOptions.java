package io.github.dae4j.cli.console;

import picocli.CommandLine;
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

  /** What is said: to a person by {@code line}, to a program on standard output. */
  public Console on(CommandLine line) {
    return new Console(json ? Console.ofPrograms(System.out) : line.getOut(), quiet, json);
  }
}
