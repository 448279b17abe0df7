package io.github.dae4j.stacked.table;

/** What names and cells of columns must be. */
final class ColumnRule {

  private ColumnRule() {}

  static void requireName(String name) {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("column name must not be blank, got '" + name + "'");
    }
  }

  /** "column 'age' must be a finite number, got 'old'". */
  static IllegalArgumentException broken(Column column, String rule, String cell) {
    return new IllegalArgumentException(
        "column '%s' must be %s, got '%s'".formatted(column.name(), rule, cell));
  }
}
