package io.github.dae4j.cli.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** One of some words; the short names of what Java has longer ones for. */
final class WordForm<T> implements Form<T> {

  private final Map<String, T> meanings;

  WordForm(Map<String, T> meanings) {
    this.meanings = Collections.unmodifiableMap(new LinkedHashMap<>(meanings));
  }

  /** The constants of an enumeration, in small letters with hyphens. */
  @SafeVarargs
  static <E extends Enum<E>> WordForm<E> of(E... constants) {
    Map<String, E> meanings = new LinkedHashMap<>();
    for (E constant : constants) {
      meanings.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
    }
    return new WordForm<>(meanings);
  }

  @Override
  public T read(Located at) {
    String word = at.text();
    if (word == null || !meanings.containsKey(word)) {
      throw at.mustBe(rule());
    }
    return meanings.get(word);
  }

  @Override
  public Object write(T value) {
    return word(value);
  }

  private String word(T value) {
    return meanings.entrySet().stream()
        .filter(entry -> entry.getValue().equals(value))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }

  @Override
  public String rule() {
    return "one of " + String.join(", ", meanings.keySet());
  }

  @Override
  public void check(String key, T value) {
    BrokenRule.require(word(value) != null, key, rule(), value);
  }
}
