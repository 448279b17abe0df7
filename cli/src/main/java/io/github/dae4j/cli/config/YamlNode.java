package io.github.dae4j.cli.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An immutable tree of what a document holds, each node with the place where it was written. */
sealed interface YamlNode {

  String place();

  /** The nodes of this tree, where an alias counts as what it stands for. */
  long size();

  /** What a message says of it. */
  String shown();

  /** A value; only a plain one, without quotes, can be a number, a flag or nothing. */
  record Scalar(String place, String text, boolean plain) implements YamlNode {

    boolean isNull() {
      return plain && (text.equals("null") || text.equals("~"));
    }

    @Override
    public long size() {
      return 1;
    }

    @Override
    public String shown() {
      if (plain && (text.isEmpty() || isNull())) {
        return "nothing";
      }
      String value = OneLine.shortened(text);
      return plain ? value : "\"" + value + "\"";
    }
  }

  /** A list. */
  record Sequence(String place, List<YamlNode> items, long size) implements YamlNode {

    Sequence(String place, List<YamlNode> items) {
      this(place, List.copyOf(items), sizeOf(items));
    }

    @Override
    public String shown() {
      return "a list";
    }
  }

  /** A map in the order of its document. */
  record Mapping(String place, Map<String, Entry> entries, long size) implements YamlNode {

    Mapping(String place, Map<String, Entry> entries) {
      this(
          place,
          Collections.unmodifiableMap(new LinkedHashMap<>(entries)),
          sizeOf(entries.values().stream().map(Entry::value).toList()));
    }

    /** The node of a key, null if there is none. */
    YamlNode get(String key) {
      Entry entry = entries.get(key);
      return entry == null ? null : entry.value();
    }

    Mapping with(String key, Entry entry) {
      Map<String, Entry> changed = new LinkedHashMap<>(entries);
      changed.put(key, entry);
      return new Mapping(place, changed);
    }

    @Override
    public String shown() {
      return "a map";
    }
  }

  /** A value of a map, and where its key was written. */
  record Entry(String keyPlace, YamlNode value) {}

  private static long sizeOf(Iterable<YamlNode> nodes) {
    long size = 1;
    for (YamlNode node : nodes) {
      size = Math.min(size + node.size(), Integer.MAX_VALUE); // aliases can make it astronomic
    }
    return size;
  }
}
