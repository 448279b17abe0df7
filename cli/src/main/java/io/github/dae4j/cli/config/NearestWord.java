package io.github.dae4j.cli.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What a misspelt word was meant to be. */
public final class NearestWord {

  private static final int LONGEST = 40;

  private NearestWord() {}

  /**
   * Checks that a key is known.
   *
   * @throws ConfigurationException with the nearest known one, or all of them if none is near
   */
  static void requireKnown(String key, Collection<String> known, String place, String path) {
    if (!known.contains(key)) {
      String hint =
          of(key, known)
              .map(", did you mean '%s'?"::formatted)
              .orElse(", expected one of " + String.join(", ", known));
      throw new ConfigurationException(
          place, "unknown key '%s'%s%s".formatted(OneLine.shortened(key), in(path), hint));
    }
  }

  /** " in pretraining", or nothing at the top. */
  static String in(String path) {
    return path.isEmpty() ? "" : " in " + path;
  }

  /** The nearest of some words, if no more than half of the letters differ. */
  public static Optional<String> of(String word, Collection<String> known) {
    if (word.length() > LONGEST) {
      return Optional.empty();
    }
    return known.stream()
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
        .filter(
            nearest -> distance(word, nearest) <= Math.max(word.length(), nearest.length()) / 2);
  }

  /** Levenshtein's: the letters to insert, delete or replace. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
