package io.github.dae4j.stacked.table;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the columns of a table were taken for, and why: one pass over its rows.
 *
 * @param name of the table
 * @param rows the number of rows
 * @param missing the words that say nothing
 * @param columns in the table's order
 */
public record TableProfile(
    String name, long rows, List<String> missing, List<ColumnGuess> columns) {

  public TableProfile {
    missing = List.copyOf(missing);
    columns = List.copyOf(columns);
  }

  /** Looks at all rows of a table. */
  public static TableProfile of(Table table) {
    return of(table, Map.of());
  }

  /**
   * Looks at all rows of a table of which some columns are known.
   *
   * @param choices by column name: "number", "category", "text 32", "skip", "label" and the other
   *     words of {@link ColumnType}
   * @throws TableException naming a column that is not there, or that cannot be what it is to be
   */
  public static TableProfile of(Table table, Map<String, String> choices) {
    for (String chosen : choices.keySet()) {
      if (!table.columns().contains(chosen)) {
        throw new TableException(
            "%s: has no column '%s'; its columns are %s"
                .formatted(table.name(), chosen, table.columns()));
      }
    }
    List<ColumnProfile> profiles = new ArrayList<>();
    table.columns().forEach(column -> profiles.add(new ColumnProfile()));
    long rows = count(table, profiles);
    List<ColumnGuess> guesses = new ArrayList<>();
    for (int column = 0; column < profiles.size(); column++) {
      String name = table.columns().get(column);
      guesses.add(new ColumnGuesser(name, profiles.get(column)).guess(choices.get(name)));
    }
    return new TableProfile(table.name(), rows, table.missing(), guesses);
  }

  private static long count(Table table, List<ColumnProfile> profiles) {
    java.util.Set<String> missing = new java.util.HashSet<>(table.missing());
    long count = 0;
    try (TableRows rows = table.rows()) {
      for (; rows.hasNext(); count++) {
        TableRow row = rows.next();
        for (int column = 0; column < row.size(); column++) {
          String cell = row.cell(column) == null ? null : row.cell(column).strip();
          if (cell == null || missing.contains(cell)) {
            profiles.get(column).addMissing();
          } else {
            profiles.get(column).add(cell, table.decimal());
          }
        }
      }
    }
    return count;
  }

  /**
   * The columns that a model sees.
   *
   * @throws TableException if there is none
   */
  public TableSchema schema() {
    List<Column> inputs = columns.stream().flatMap(guess -> guess.input().stream()).toList();
    if (inputs.isEmpty()) {
      Map<String, String> types = new LinkedHashMap<>();
      columns.forEach(guess -> types.put(guess.name(), guess.type().word()));
      throw new TableException(
          "%s: has %d rows and no column to learn from: %s".formatted(name, rows, types));
    }
    return new TableSchema(inputs, missing);
  }
}
