package io.github.dae4j.stacked.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Which of a table's columns are a model's, by name: their order is free. */
final class TableMatch {

  private final String name;
  private final List<String> names;
  private final int[] indices;
  private final Map<String, Integer> constants = new HashMap<>();
  private final Set<String> missing;
  private final List<String> extra = new ArrayList<>();

  /**
   * Looks the columns up.
   *
   * @throws TableException naming the columns that are not there, and those that the model does not
   *     know
   */
  TableMatch(ModelColumns columns, Table table) {
    name = Objects.requireNonNull(table, "table").name();
    names = table.columns();
    missing = new HashSet<>(table.missing());
    Map<String, Integer> places = new HashMap<>();
    names.forEach(column -> places.put(column, places.size()));
    Set<String> known = new HashSet<>();
    columns.guesses().forEach(guess -> known.add(guess.name()));
    names.stream().filter(column -> !known.contains(column)).forEach(extra::add);
    List<String> absent =
        columns.inputs().stream().map(Column::name).filter(c -> !places.containsKey(c)).toList();
    if (!absent.isEmpty()) {
      throw new TableException(
          "%s: must have the columns %s%s"
              .formatted(
                  name,
                  absent,
                  extra.isEmpty() ? "" : "; the model does not know its columns " + extra));
    }
    indices = columns.inputs().stream().mapToInt(column -> places.get(column.name())).toArray();
    for (String constant : columns.constants().keySet()) {
      if (places.containsKey(constant)) {
        constants.put(constant, places.get(constant));
      }
    }
  }

  /** Columns that the model does not know. */
  List<String> extra() {
    return extra;
  }

  /** The places of the model's inputs in a row of the table. */
  int[] indices() {
    return indices;
  }

  /** The cells of the inputs, null of missing ones. */
  String[] cells(Table.Row row) {
    String[] cells = new String[indices.length];
    for (int column = 0; column < cells.length; column++) {
      cells[column] = cell(row, indices[column]);
    }
    return cells;
  }

  /** The cells of columns that never changed, by name. */
  Map<String, String> constants(Table.Row row) {
    Map<String, String> cells = new HashMap<>();
    constants.forEach((column, place) -> cells.put(column, cell(row, place)));
    return cells;
  }

  /** A cell; null if it is missing. */
  String cell(Table.Row row, int column) {
    String cell = row.cell(column);
    return cell == null || missing.contains(cell.strip()) ? null : cell;
  }
}
