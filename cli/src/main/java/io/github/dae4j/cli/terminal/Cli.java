package io.github.dae4j.cli.terminal;

import io.github.dae4j.cli.backend.BackendException;
import io.github.dae4j.cli.config.ConfigurationException;
import io.github.dae4j.datasets.DataException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.TraceLevel;

/** Runs a command: 0 if it went well, 2 if the user can mend what did not, 1 otherwise. */
public final class Cli {

  private Cli() {}

  /** Runs {@code command}; what the user can mend is one message on standard error. */
  public static int execute(Object command, String... args) {
    CommandLine.tracer().setLevel(TraceLevel.OFF); // it would comment on overwritten options
    CommandLine commandLine = new CommandLine(command);
    for (String arg : args) {
      if (arg.startsWith("@") && !Files.isReadable(Path.of(arg.substring(1)))) {
        return complain(commandLine, arg.substring(1) + ": no such option file");
      }
    }
    return commandLine
        .setOverwrittenOptionsAllowed(true)
        .setParameterExceptionHandler(
            (exception, unused) -> complain(exception.getCommandLine(), exception.getMessage()))
        .setExecutionExceptionHandler(
            (exception, line, unused) -> {
              if (isUsersToMend(exception)) {
                return complain(line, exception.getMessage());
              }
              throw exception;
            })
        .execute(args);
  }

  private static boolean isUsersToMend(Exception exception) {
    return exception instanceof DataException
        || exception instanceof UncheckedIOException
        || exception instanceof OptionException
        || exception instanceof ConfigurationException
        || exception instanceof BackendException;
  }

  private static int complain(CommandLine line, String message) {
    line.getErr().printf("%s: %s (--help lists the options)%n", line.getCommandName(), message);
    return CommandLine.ExitCode.USAGE;
  }
}
