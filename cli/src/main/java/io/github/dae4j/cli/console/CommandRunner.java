package io.github.dae4j.cli.console;

import io.github.dae4j.cli.backend.BackendException;
import io.github.dae4j.cli.config.ConfigurationException;
import io.github.dae4j.cli.config.NearestWord;
import io.github.dae4j.cli.config.OneLine;
import io.github.dae4j.cli.config.Secrets;
import io.github.dae4j.cli.csv.StandardOutput;
import io.github.dae4j.datasets.DataException;
import io.github.dae4j.stacked.table.TableException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TraceLevel;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Runs a command and decides, for all of them, how it ends: with an exit code, and with one line on
 * standard error if it failed.
 */
public final class CommandRunner {

  /** Success. */
  public static final int OK = ExitCode.OK;

  /** Of a run that Ctrl-C ended, as shells have it: 128 + the signal's number. */
  public static final int STOPPED = 130;

  /** File names and keys may be as long as their author likes. */
  private static final int LONGEST_WORD = 200;

  /** What Java has in place of a letter of an argument that the locale lacks. */
  private static final char LOST = '\uFFFD';

  private static final String STACKTRACE = "--stacktrace";

  private CommandRunner() {}

  /** Runs a command; nothing that goes wrong leaves it as an exception. */
  public static int execute(CommandLine commandLine, String... args) {
    CommandLine.tracer().setLevel(TraceLevel.OFF); // it would comment on overwritten options
    boolean stacktrace = Arrays.asList(args).contains(STACKTRACE);
    boolean lost = Arrays.stream(args).anyMatch(arg -> arg.indexOf(LOST) >= 0);
    describeExitCodes(commandLine);
    try {
      requireOptionFiles(args);
      return commandLine
          .setOverwrittenOptionsAllowed(true) // so that options can follow an option file
          .setParameterExceptionHandler(
              (e, unused) -> report(e.getCommandLine(), e, stacktrace, lost))
          .setExecutionExceptionHandler((e, line, unused) -> report(line, e, stacktrace, lost))
          .execute(args);
    } catch (OptionException | Error e) { // picocli hands on exceptions alone
      return report(commandLine, e, stacktrace, lost);
    }
  }

  /** picocli takes the name of a file that is not there for an argument. */
  private static void requireOptionFiles(String... args) {
    for (String arg : args) {
      boolean isFile = arg.startsWith("@") && !arg.startsWith("@@");
      if (isFile && !Files.isReadable(Path.of(arg.substring(1)))) {
        throw OptionException.of(arg.substring(1), "no such option file");
      }
    }
  }

  private static void describeExitCodes(CommandLine commandLine) {
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put(" " + ExitCode.OK, "Success.");
    codes.put(" " + ExitCode.SOFTWARE, "The command failed.");
    codes.put(
        " " + ExitCode.USAGE, "Invalid command, configuration or input; no file was written.");
    codes.put(
        String.valueOf(StandardOutput.CLOSED),
        "What reads standard output has gone, as of '| head'.");
    describe(commandLine, codes);
    Map<String, String> withStopped = new LinkedHashMap<>(codes);
    withStopped.put(String.valueOf(STOPPED), "Interrupted by Ctrl-C; training can be resumed.");
    for (String name : List.of("train", "resume")) {
      CommandLine command = commandLine.getSubcommands().get(name);
      if (command != null) {
        describe(command, withStopped);
      }
    }
  }

  private static void describe(CommandLine line, Map<String, String> codes) {
    line.getCommandSpec().usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(codes);
    line.getSubcommands().values().forEach(command -> describe(command, codes));
  }

  private static int report(CommandLine line, Throwable failure, boolean stacktrace, boolean lost) {
    if (failure instanceof UncheckedIOException && StandardOutput.isClosed()) {
      return StandardOutput.CLOSED; // as "| head" does: no error
    }
    PrintWriter err = line.getErr();
    err.println("error: " + message(failure) + advice(line, failure, lost));
    if (stacktrace) {
      printStackTrace(failure, err);
    }
    err.flush();
    return isBadInput(failure) ? ExitCode.USAGE : ExitCode.SOFTWARE;
  }

  /** Messages of others are in it, too. */
  private static void printStackTrace(Throwable failure, PrintWriter err) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    Secrets.hidden(trace.toString())
        .lines()
        .map(
            line -> line.startsWith("\t") ? "\t" + OneLine.of(line.substring(1)) : OneLine.of(line))
        .forEach(err::println);
  }

  private static boolean isBadInput(Throwable failure) {
    return failure instanceof ParameterException
        || failure instanceof OptionException
        || failure instanceof ConfigurationException
        || failure instanceof DataException
        || failure instanceof TableException
        || failure instanceof InvalidPathException
        || failure instanceof BackendException;
  }

  /** The command or option that was misspelt. */
  private static Optional<String> meant(CommandLine line, String word) {
    Set<String> known =
        word.startsWith("-")
            ? line.getCommandSpec().optionsMap().keySet()
            : line.getSubcommands().keySet();
    return NearestWord.of(word.replaceFirst("=.*", ""), known);
  }

  private static String message(Throwable failure) {
    if (failure instanceof OutOfMemoryError) {
      return "not enough memory (%s); java -Xmx8g -jar dae4j.jar gives it 8 GB"
          .formatted(failure.getMessage());
    }
    if (failure instanceof InvalidPathException name) { // of locale C, for all beyond ASCII
      return name.getInput().indexOf('\0') >= 0
          ? "no file can be called " + OneLine.of(name.getInput())
          : "no file can be called %s in this locale; LC_ALL=C.UTF-8 allows all names"
              .formatted(OneLine.of(name.getInput()));
    }
    boolean isForUsers = failure.getMessage() != null && !isUnexpected(failure);
    String message = isForUsers ? failure.getMessage() : failure.toString();
    return OneLine.of(Secrets.hidden(message).strip().replaceAll("\\s*\\R\\s*", " "))
        .replaceAll("(\\S{%d})\\S+".formatted(LONGEST_WORD), "$1...");
  }

  /** Of a class that says more than its message does. */
  private static boolean isUnexpected(Throwable failure) {
    return failure instanceof Error
        || failure instanceof NullPointerException
        || failure instanceof ClassCastException
        || failure instanceof IndexOutOfBoundsException;
  }

  private static String advice(CommandLine line, Throwable failure, boolean lost) {
    if (lost && isBadInput(failure) && !(failure instanceof InvalidPathException)) {
      return " (this locale lacks letters of the command; LC_ALL=C.UTF-8 has all)";
    }
    Optional<String> meant =
        failure instanceof UnmatchedArgumentException unmatched
            ? meant(line, unmatched.getUnmatched().get(0))
            : Optional.empty();
    if (meant.isPresent()) {
      return ", did you mean '%s'?".formatted(meant.get());
    }
    if (failure instanceof ParameterException) {
      return " (see '%s --help')".formatted(line.getCommandSpec().qualifiedName());
    }
    return isUnexpected(failure) ? " (" + STACKTRACE + " shows where)" : "";
  }
}
