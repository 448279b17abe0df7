package io.github.dae4j.stacked.table;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds the words of a column, also where another program writes them otherwise: a CSV file has 1.0
 * and True, a query of the same data 1 and true.
 */
final class WordLookup {

  private static final Integer AMBIGUOUS = -1;

  private final Map<String, Integer> words = new HashMap<>();
  private final Map<Object, Integer> meanings = new HashMap<>();

  /** Each word at the index of its group. */
  WordLookup(List<? extends Iterable<String>> groups) {
    for (int group = 0; group < groups.size(); group++) {
      for (String word : groups.get(group)) {
        words.put(word, group);
        Object meaning = meaning(word, '.');
        if (meaning != null) {
          meanings.merge(meaning, group, (one, other) -> one.equals(other) ? one : AMBIGUOUS);
        }
      }
    }
  }

  /** The index of a trimmed cell's group, or -1 if it is no word of them. */
  int index(String cell, char decimal) {
    Integer index = words.get(cell);
    if (index != null) {
      return index;
    }
    Object meaning = meaning(cell, decimal);
    return meaning == null ? -1 : meanings.getOrDefault(meaning, -1);
  }

  /** A number or a truth value, which may be written in several ways; null of other words. */
  private static Object meaning(String word, char decimal) {
    double number = NumberText.parse(word, decimal);
    if (!Double.isNaN(number)) {
      return number + 0.0; // -0 is 0
    }
    String lower = word.length() > 5 ? "" : word.toLowerCase(Locale.ROOT);
    return lower.equals("true") || lower.equals("false") ? lower : null;
  }
}
