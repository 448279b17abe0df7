package io.github.dae4j.cli.console;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** An option's value breaks its rule; the message names option, rule and value. */
public final class OptionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,3})x([1-9]\\d{0,3})");

  private OptionException(String message) {
    super(message);
  }

  /** What is wrong with an option: "--ui: training pages cannot be opened ...". */
  static OptionException of(String option, String fault) {
    return new OptionException(option + ": " + fault);
  }

  /** Reads a number, or throws: "--corruption must be a number, got high". */
  public static double number(String option, String text) {
    try {
      return Double.parseDouble(text.trim());
    } catch (NumberFormatException e) {
      throw new OptionException(option + " must be a number, got " + text.trim());
    }
  }

  /** Reads two numbers, or throws: "--tiles must be two numbers in [1, 9999], as 10x10, got 3". */
  public static int[] size(String option, String text) {
    Matcher size = SIZE.matcher(text);
    require(option, "two numbers in [1, 9999], as 10x10", size.matches(), text);
    return new int[] {Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2))};
  }

  /** Throws if one of these options was given: "--label must be left out of images, got x". */
  public static void requireLeftOut(CommandLine command, String of, List<String> options) {
    for (String name : options) {
      OptionSpec option = command.getParseResult().matchedOption(name);
      require(
          name,
          "left out of " + of,
          option == null,
          option == null ? null : String.join(", ", option.originalStringValues()));
    }
  }

  /** Throws unless {@code holds}: "--batch must be >= 1, got 0". */
  public static void require(String option, String rule, boolean holds, Object value) {
    if (!holds) {
      throw new OptionException(
          option + " must be " + rule + ", got " + (value == null ? "nothing" : value));
    }
  }
}
