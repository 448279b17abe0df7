package io.github.dae4j.stacked.table;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the words of a column, also where another program writes them otherwise: a CSV file has
 * 1.0, True and 2012-08-07 10:30:00, a query of the same data 1, true and 2012-08-07T10:30.
 */
final class WordLookup {

  private final Map<String, Integer> words = new HashMap<>();
  private final Map<Object, Optional<String>> meanings = new HashMap<>(); // none of two groups

  /** Each word at the index of its group. */
  WordLookup(List<? extends Iterable<String>> groups) {
    for (int group = 0; group < groups.size(); group++) {
      for (String word : groups.get(group)) {
        words.put(word, group);
        Object meaning = meaning(word);
        if (meaning != null) {
          meanings.merge(meaning, Optional.of(word), this::common);
        }
      }
    }
  }

  private Optional<String> common(Optional<String> one, Optional<String> other) {
    return one.filter(word -> words.get(word).equals(words.get(other.orElseThrow())));
  }

  /** The index of a trimmed cell's group, or -1 if it is no word of them. */
  int index(String cell, char decimal) {
    Integer index = words.get(cell);
    return index != null ? index : word(cell, decimal).map(words::get).orElse(-1);
  }

  /** The word that a trimmed cell says; none if it says none of them, or could be of two groups. */
  Optional<String> word(String cell, char decimal) {
    if (words.containsKey(cell)) {
      return Optional.of(cell);
    }
    Object meaning = meaning(cell, decimal);
    return meaning == null ? Optional.empty() : meanings.getOrDefault(meaning, Optional.empty());
  }

  /**
   * Whether a trimmed cell says the same as a text of the model: a word as training had it, or a
   * number as the cell's own table writes it.
   */
  static boolean isSame(String cell, String text, char decimal) {
    Object meaning = meaning(cell, decimal);
    return cell.equals(text)
        || meaning != null
            && (meaning.equals(meaning(text)) || meaning.equals(meaning(text, decimal)));
  }

  /** Of a word of training, whose table may have had either decimal mark. */
  private static Object meaning(String word) {
    Object meaning = meaning(word, '.');
    return meaning == null ? meaning(word, ',') : meaning;
  }

  /** A number, a truth value or a date of ISO 8601, which may be written in several ways. */
  private static Object meaning(String word, char decimal) {
    double number = NumberText.parse(word, decimal);
    if (!Double.isNaN(number)) {
      return number + 0.0; // -0 is 0
    }
    String lower = word.length() > 5 ? "" : word.toLowerCase(Locale.ROOT);
    return lower.equals("true") || lower.equals("false") ? lower : DatePattern.iso(word);
  }
}
