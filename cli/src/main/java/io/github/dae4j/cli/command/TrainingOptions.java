package io.github.dae4j.cli.command;

import io.github.dae4j.cli.config.OneLine;
import io.github.dae4j.cli.console.CommandEcho;
import io.github.dae4j.cli.console.CommandRunner;
import io.github.dae4j.cli.console.Console;
import io.github.dae4j.cli.console.ConsoleOptions;
import io.github.dae4j.cli.console.ThreadsOption;
import io.github.dae4j.cli.console.UiOptions;
import io.github.dae4j.cli.console.UiOptions.OpenPages;
import io.github.dae4j.stacked.run.TrainingStoppedException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What train and resume have in common. */
final class TrainingOptions {

  @Mixin private ThreadsOption threads;

  @Mixin private ConsoleOptions console;

  @Mixin private UiOptions ui;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** Checks what does not depend on a configuration. */
  void require() {
    threads.require();
    ui.require();
  }

  ThreadsOption threads() {
    return threads;
  }

  OpenPages openPages() {
    return ui.open(console());
  }

  /** Tables have no pages. */
  void requireNoPages() {
    ui.requireNone("a table");
  }

  Console console() {
    return console.on(command.commandLine());
  }

  /** All that was typed. */
  String commandLine() {
    return new CommandEcho(command).line();
  }

  /** Says what went wrong, as after any command, and returns the exit code. */
  int fail(RuntimeException failure) {
    CommandLine line = command.commandLine();
    try {
      return line.getExecutionExceptionHandler()
          .handleExecutionException(failure, line, line.getParseResult());
    } catch (Exception e) {
      throw failure;
    }
  }

  /** Says how a run that was stopped goes on, and returns the exit code. */
  int stopped(TrainingStoppedException stop, Path directory) {
    err()
        .printf(
            "%s; resume with: %s resume %s%n",
            OneLine.of(stop.getMessage()),
            OneLine.of(Version.program()),
            OneLine.of(directory.toString()));
    err().flush();
    return CommandRunner.STOPPED;
  }

  PrintWriter err() {
    return command.commandLine().getErr();
  }
}
