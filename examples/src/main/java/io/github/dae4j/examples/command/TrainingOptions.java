package io.github.dae4j.examples.command;

import io.github.dae4j.examples.cli.OptionException;
import java.io.PrintWriter;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What train and resume have in common. */
final class TrainingOptions {

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "CPU threads; by default what the configuration says, or 1.")
  private Integer threads;

  @Option(
      names = {"-q", "--quiet"},
      description = "No progress: only the summary, and errors.")
  private boolean quiet;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** The threads that were asked for. */
  OptionalInt threads() {
    OptionException.require("--threads", ">= 1", threads == null || threads >= 1, threads);
    return threads == null ? OptionalInt.empty() : OptionalInt.of(threads);
  }

  boolean quiet() {
    return quiet;
  }

  /** All that was typed. */
  String commandLine() {
    return "dae4j "
        + String.join(" ", command.root().commandLine().getParseResult().originalArgs());
  }

  PrintWriter out() {
    return command.commandLine().getOut();
  }

  PrintWriter err() {
    return command.commandLine().getErr();
  }
}
