package io.github.dae4j.report;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Names and what they stand for, in the order in which they are added. */
public final class Facts {

  private final Map<String, String> values = new LinkedHashMap<>();

  /** Adds one; null stands for nothing, which is left out. */
  public Facts add(String name, String value) {
    if (value != null) {
      values.put(name, value);
    }
    return this;
  }

  /** Adds one by a format. */
  public Facts add(String name, String format, Object... values) {
    return add(name, String.format(Locale.ROOT, format, values));
  }

  /** One below the other. */
  public Tag list() {
    return tag("facts");
  }

  /** The few that matter most, side by side and large. */
  public Tag cards() {
    return tag("cards");
  }

  private Tag tag(String style) {
    Tag list = Tag.of("dl").with("class", style);
    values.forEach(
        (name, value) -> list.add(Tag.of("div").add(Tag.of("dt", name), Tag.of("dd", value))));
    return list;
  }
}
