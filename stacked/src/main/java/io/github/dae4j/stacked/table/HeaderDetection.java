package io.github.dae4j.stacked.table;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Whether the first of a file's records has the names of its columns. */
final class HeaderDetection {

  private final List<String> first;
  private final List<Table.Row> rest;
  private final char decimal;
  private final List<String> missing;
  private final boolean isThere;
  private final String reason;

  HeaderDetection(List<Table.Row> records, char decimal, List<String> missing) {
    first = records.get(0).cells().stream().map(String::strip).toList();
    rest = records.subList(1, records.size());
    this.decimal = decimal;
    this.missing = missing;
    String names = names();
    String values = names == null ? values() : null;
    isThere = values == null;
    reason =
        "header %s: %s"
            .formatted(
                isThere ? "yes" : "no",
                names != null
                    ? names
                    : values != null ? values : "the first line's words are in no other line");
  }

  boolean isThere() {
    return isThere;
  }

  String reason() {
    return reason;
  }

  /** Why the first line surely has names; null if it is not sure. */
  private String names() {
    List<Integer> numbers =
        IntStream.range(0, first.size()).filter(i -> isNumber(first.get(i))).boxed().toList();
    if (counts(numbers)) {
      return "the first line counts %s, %s, ..."
          .formatted(first.get(numbers.get(0)), first.get(numbers.get(1)));
    }
    for (int column = 0; numbers.isEmpty() && column < first.size(); column++) {
      if (!missing.contains(first.get(column)) && isNumbers(column)) {
        return "'%s' stands above numbers".formatted(first.get(column));
      }
    }
    return null;
  }

  /** Numbers that go up by one, from 0 or 1 or as years do, above numbers that do not. */
  private boolean counts(List<Integer> columns) {
    if (columns.size() < 2 || !goesUp(first, columns)) {
      return false;
    }
    double start = number(first.get(columns.get(0)));
    boolean isLikely = start == 0 || start == 1 || start > 999 && start < 3000;
    return isLikely
        && !rest.isEmpty()
        && rest.stream().limit(10).noneMatch(row -> goesUp(row.cells(), columns));
  }

  private boolean goesUp(List<String> cells, List<Integer> columns) {
    return IntStream.range(1, columns.size())
        .allMatch(
            i ->
                columns.get(i) < cells.size()
                    && number(cells.get(columns.get(i)).strip())
                        == number(cells.get(columns.get(i - 1)).strip()) + 1);
  }

  /** Why the first line surely is a row like the others; null if it is not. */
  private String values() {
    for (int column = 0; column < first.size(); column++) {
      if (isNumber(first.get(column)) && (rest.isEmpty() || isNumbers(column))) {
        return "the first line has a number, %s".formatted(first.get(column));
      }
    }
    int again = 0;
    String example = null;
    for (int column = 0; column < first.size(); column++) {
      if (!first.get(column).isEmpty() && words(column).contains(first.get(column))) {
        example = example == null ? first.get(column) : example;
        again++;
      }
    }
    if (2 * again > first.size()) {
      return "'%s' and %s more of the first line's words are in other lines"
          .formatted(example, again - 1);
    }
    return null;
  }

  private Set<String> words(int column) {
    Set<String> words = new HashSet<>();
    for (Table.Row row : rest) {
      if (column < row.size()) {
        words.add(row.cell(column).strip());
      }
    }
    return words;
  }

  /** Whether nearly all known cells below the first line are numbers. */
  private boolean isNumbers(int column) {
    int known = 0;
    int numbers = 0;
    for (Table.Row row : rest) {
      String cell = column < row.size() ? row.cell(column).strip() : "";
      if (!missing.contains(cell)) {
        known++;
        numbers += isNumber(cell) ? 1 : 0;
      }
    }
    return known > 0 && numbers >= 0.9 * known;
  }

  private boolean isNumber(String cell) {
    return !Double.isNaN(number(cell));
  }

  private double number(String cell) {
    return NumberText.parse(cell, decimal);
  }
}
