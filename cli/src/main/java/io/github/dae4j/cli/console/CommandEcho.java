package io.github.dae4j.cli.console;

import io.github.dae4j.cli.config.Secrets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The command line of a command that runs, and the values of all its options. */
public record CommandEcho(CommandSpec command) {

  /** As a shell takes it: {@code dae4j study few-labels --steps 500}. */
  public String line() {
    CommandSpec root = command.root();
    return root.commandLine().getParseResult().originalArgs().stream()
        .map(Secrets::hidden)
        .map(CommandEcho::quoted)
        .collect(Collectors.joining(" ", root.name() + " ", ""));
  }

  private static String quoted(String argument) {
    return argument.matches("[\\w@%+=:,./\\[\\]-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }

  /** All that has a value, typed or by default, flags only if they are set. */
  public Map<String, String> options() {
    Map<String, String> values = new LinkedHashMap<>();
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      put(values, parameter.paramLabel(), parameter);
    }
    for (OptionSpec option : command.options()) {
      put(values, option.longestName(), option);
    }
    return values;
  }

  private static void put(Map<String, String> values, String name, ArgSpec argument) {
    Object value = argument.getValue();
    if (value != null && !value.equals(false)) {
      values.put(name, value.equals(true) ? "yes" : words(value));
    }
  }

  private static String words(Object value) {
    return value instanceof List<?> list
        ? list.stream().map(String::valueOf).collect(Collectors.joining(", "))
        : value.toString();
  }
}
