package io.github.dae4j.stacked.table;

import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.corruption.PerColumnCorruption;
import io.github.dae4j.corruption.SwapCorruption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a {@link TableModel} depends on besides its rows, as its builder has checked it.
 *
 * @param choices types of columns, by name
 * @param corruption the probability that a cell gets another row's value in training
 * @param columnCorruptions the same of columns that have their own, in the order of the builder
 * @param units of a code, 0 for the default
 * @param label the column that is told, null for none
 * @param labelType a number or a category; null where the cells decide
 */
record TableSettings(
    Map<String, String> choices,
    double corruption,
    Map<String, Double> columnCorruptions,
    int units,
    int updates,
    double contamination,
    boolean hasDetector,
    String label,
    TableProfile.ColumnType labelType,
    long seed) {

  TableSettings {
    choices = Map.copyOf(choices);
    columnCorruptions = Collections.unmodifiableMap(new LinkedHashMap<>(columnCorruptions));
  }

  /** All that the networks depend on; checkpoints keep it. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "corruption %s%s, units %s, updates %d, detector %s, label %s, seed %d",
        corruption,
        columnCorruptions.isEmpty() ? "" : " " + columnCorruptions,
        units == 0 ? "auto" : units,
        updates,
        hasDetector,
        label,
        seed);
  }

  /** Of cells of columns in their order. */
  Corruption corruption(TableSchema schema) {
    if (columnCorruptions.isEmpty()) {
      return new SwapCorruption(corruption, schema.groups());
    }
    List<Double> levels = new ArrayList<>();
    for (Column column : schema.columns()) {
      double level = columnCorruptions.getOrDefault(column.name(), corruption);
      levels.addAll(Collections.nCopies(column.width(), level));
    }
    return new PerColumnCorruption(levels, schema.groups(), new SwapCorruption(1, schema.groups()));
  }

  /** Throws if there is a corruption of a column that is no input. */
  void requireColumns(TableSchema schema) {
    List<String> inputs = schema.columns().stream().map(Column::name).toList();
    for (String column : columnCorruptions.keySet()) {
      if (!inputs.contains(column)) {
        throw new TableException(
            "the corruption of column '%s' has no column: the inputs are %s"
                .formatted(column, inputs));
      }
    }
  }

  int unitsFor(int rows) {
    return units > 0
        ? units
        : rows < TableDefaults.MANY_ROWS ? TableDefaults.UNITS : TableDefaults.MORE_UNITS;
  }
}
