package io.github.dae4j.cli.config;

/** Text of others made fit for a message: one line, without control characters, not too long. */
public final class OneLine {

  private static final int LONGEST_VALUE = 80;

  private OneLine() {}

  /** The text without control characters, each of which becomes {@code \\u001b} or the like. */
  public static String of(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .forEach(
            symbol -> {
              if (isPrintable(symbol)) {
                line.appendCodePoint(symbol);
              } else {
                line.append("\\u%04x".formatted(symbol));
              }
            });
    return line.toString();
  }

  private static boolean isPrintable(int symbol) {
    return switch (Character.getType(symbol)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  /** The beginning of a value that may be as long as its file. */
  static String shortened(String text) {
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "...";
  }
}
