package io.github.dae4j.cli.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The way from the top of a document to a value: {@code stack.layers[1].corruption.masking}. */
record KeyPath(List<Step> steps) {

  /** A key of a map, or, if {@code key} is null, an index of a list. */
  record Step(String key, int index) {}

  private static final Pattern STEP = Pattern.compile("([^.\\[\\]\\s]+)|\\[(\\d{1,9})]");

  KeyPath {
    steps = List.copyOf(steps);
  }

  /**
   * Reads a path.
   *
   * @throws IllegalArgumentException if it is none
   */
  static KeyPath parse(String text) {
    List<Step> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(text);
    int from = 0;
    while (from < text.length()) {
      boolean isDot = from > 0 && text.charAt(from) == '.';
      matcher.region(isDot ? from + 1 : from, text.length());
      if (!(matcher.lookingAt() && (from == 0 || isDot == (matcher.group(1) != null)))) {
        break;
      }
      steps.add(step(matcher));
      from = matcher.end();
    }
    if (from < text.length() || steps.isEmpty() || steps.get(0).key() == null) {
      throw new IllegalArgumentException(
          "a path must be keys and indices like stack.layers[0].units, got '"
              + OneLine.shortened(text)
              + "'");
    }
    return new KeyPath(steps);
  }

  private static Step step(Matcher matcher) {
    return matcher.group(1) != null
        ? new Step(matcher.group(1), -1)
        : new Step(null, Integer.parseInt(matcher.group(2)));
  }
}
