package io.github.dae4j.cli.console;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** An option's value breaks its rule; the message names option, rule and value. */
public final class OptionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

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
