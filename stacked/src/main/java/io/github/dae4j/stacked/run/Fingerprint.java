package io.github.dae4j.stacked.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** Which run it is: all that decides what is learnt, as named values. */
record Fingerprint(SortedMap<String, String> values) {

  private static final int NAMED = 3;

  static final Fingerprint EMPTY = new Fingerprint(new TreeMap<>());

  Fingerprint {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /** With those of another, which take the place of equally named ones. */
  Fingerprint with(Fingerprint other) {
    SortedMap<String, String> all = new TreeMap<>(values);
    all.putAll(other.values);
    return new Fingerprint(all);
  }

  /** Those whose names begin with one of these words. */
  Fingerprint only(List<String> prefixes) {
    SortedMap<String, String> some = new TreeMap<>(values);
    some.keySet().removeIf(name -> prefixes.stream().noneMatch(name::startsWith));
    return new Fingerprint(some);
  }

  /** What has changed to another, the first of it by name; empty if nothing has. */
  String changesTo(Fingerprint now) {
    Set<String> names = new TreeSet<>(values.keySet());
    names.addAll(now.values.keySet());
    List<String> changes =
        names.stream()
            .filter(name -> !Objects.equals(values.get(name), now.values.get(name)))
            .map(name -> "%s was %s, is %s".formatted(name, valueOf(name), now.valueOf(name)))
            .toList();
    String first = String.join("; ", changes.subList(0, Math.min(NAMED, changes.size())));
    return changes.size() > NAMED ? first + "; " + (changes.size() - NAMED) + " more" : first;
  }

  private String valueOf(String name) {
    return values.getOrDefault(name, "absent");
  }

  /** The values of a tree by their paths: {@code root.confs[1].layer.corruption.level}. */
  static Fingerprint ofJson(String root, String json) {
    SortedMap<String, String> leaves = new TreeMap<>();
    try {
      addLeaves(root, new ObjectMapper().readTree(json), leaves);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Fingerprint(leaves);
  }

  static Fingerprint of(String name, Object value) {
    return new Fingerprint(new TreeMap<>(Map.of(name, String.valueOf(value))));
  }

  private static void addLeaves(String path, JsonNode node, SortedMap<String, String> leaves) {
    if (node.isObject() && !node.isEmpty()) {
      node.fields()
          .forEachRemaining(
              entry -> addLeaves(path + "." + entry.getKey(), entry.getValue(), leaves));
    } else if (node.isArray() && !node.isEmpty()) {
      for (int i = 0; i < node.size(); i++) {
        addLeaves(path + "[" + i + "]", node.get(i), leaves);
      }
    } else {
      leaves.put(path, node.isValueNode() ? node.asText() : node.toString());
    }
  }
}
