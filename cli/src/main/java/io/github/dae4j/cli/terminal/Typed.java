package io.github.dae4j.cli.terminal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What was typed after the name of a main, and what is in force because of it. */
record Typed(CommandSpec command) {

  /** "few-labels --steps 500". */
  String line() {
    return String.join(" ", command.name(), String.join(" ", arguments())).strip();
  }

  /** The same as people type it. */
  String maven() {
    String main = "mvn -q -Pdemo -Dmain=" + command.userObject().getClass().getName();
    String typed = arguments().stream().map(Typed::quoted).collect(Collectors.joining(" "));
    return typed.isEmpty() ? main : main + " -Dargs=\"" + typed + "\"";
  }

  private List<String> arguments() {
    return command.commandLine().getParseResult().originalArgs();
  }

  private static String quoted(String argument) {
    return argument.matches(".*\\s.*") ? "'" + argument + "'" : argument;
  }

  /** All that has a value, typed or by default, flags only if they are set. */
  Map<String, String> options() {
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
