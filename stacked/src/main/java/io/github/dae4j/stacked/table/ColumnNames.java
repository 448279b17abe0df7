package io.github.dae4j.stacked.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names as a header has them: perhaps blank, perhaps twice. */
record ColumnNames(List<String> written) {

  /** "column 1", "column 2" and so on. */
  static List<String> numbered(int columns) {
    return new ColumnNames(Collections.nCopies(columns, "")).unique();
  }

  /** Trimmed; the third, if blank, is "column 3", a second "age" is "age (2)". */
  List<String> unique() {
    List<String> trimmed = trimmed();
    Set<String> given = new HashSet<>(trimmed);
    Set<String> used = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < trimmed.size(); i++) {
      String name = trimmed.get(i);
      String base = name.isEmpty() ? "column " + (i + 1) : name;
      String unique = base;
      for (int n = 2;
          used.contains(unique) || !unique.equals(name) && given.contains(unique);
          n++) {
        unique = base + " (" + n + ")";
      }
      used.add(unique);
      names.add(unique);
    }
    return List.copyOf(names);
  }

  /** What was changed about them, one sentence each. */
  List<String> changes() {
    List<String> changes = new ArrayList<>();
    List<String> trimmed = trimmed();
    List<String> unique = unique();
    for (int i = 0; i < unique.size(); i++) {
      String name = trimmed.get(i);
      if (!name.equals(unique.get(i))) {
        changes.add(
            "column %d is called '%s': %s"
                .formatted(
                    i + 1,
                    unique.get(i),
                    name.isEmpty()
                        ? "the header has no name for it"
                        : "the header has '" + name + "' more than once"));
      }
    }
    return changes;
  }

  private List<String> trimmed() {
    return written.stream().map(name -> name == null ? "" : name.strip()).toList();
  }
}
