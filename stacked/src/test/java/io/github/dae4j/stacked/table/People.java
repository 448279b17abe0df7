package io.github.dae4j.stacked.table;

import java.util.Arrays;
import java.util.List;

/** A small table with a column of each kind. */
final class People {

  static final TableSchema SCHEMA =
      new TableSchema(
          new NumericColumn("age"),
          new CategoricalColumn("job", "baker", "pilot", "teacher"),
          new BinaryColumn("member", "no", "yes"),
          new NumericColumn("income"));

  static final List<List<String>> ROWS =
      List.of(
          List.of("20", "baker", "no", "1000.5"),
          List.of("40", "teacher", "yes", "3000"),
          List.of("30", "pilot", "yes", "2000.25"),
          List.of("50", "teacher", "yes", "2000.25"));

  static final FittedTable TABLE = SCHEMA.fit(ROWS);

  private People() {}

  static List<List<String>> row(String... cells) {
    return List.of(Arrays.asList(cells));
  }
}
