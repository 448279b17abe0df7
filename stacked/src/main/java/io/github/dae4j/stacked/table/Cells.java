package io.github.dae4j.stacked.table;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The cells of rows, as a schema reads them. */
record Cells(TableSchema schema, List<List<String>> rows) {

  Cells {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("table rows must not be empty");
    }
    for (int row = 0; row < rows.size(); row++) {
      requireCells(row, rows.get(row), schema.columns().size());
    }
  }

  /** The values of a cell's features, not standardised; all NaN if it is missing. */
  double[] values(int row, int column) {
    Column kind = schema.columns().get(column);
    String cell = rows.get(row).get(column);
    if (schema.isMissing(cell)) {
      double[] values = new double[kind.width()];
      Arrays.fill(values, Double.NaN);
      return values;
    }
    try {
      return kind.values(cell);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("row %d: %s".formatted(row + 1, e.getMessage()), e);
    }
  }

  /** The cells of a column with one feature that are not missing. */
  double[] known(int column) {
    double[] known =
        IntStream.range(0, rows.size())
            .mapToDouble(row -> values(row, column)[0])
            .filter(value -> !Double.isNaN(value))
            .toArray();
    if (known.length == 0) {
      throw new IllegalArgumentException(
          "column '%s' must have a cell that is not missing in one of %d training rows"
              .formatted(schema.columns().get(column).name(), rows.size()));
    }
    return known;
  }

  private static void requireCells(int row, List<String> cells, int columns) {
    if (cells.size() != columns) {
      throw new IllegalArgumentException(
          "row %d: must have %d cells, got %d".formatted(row + 1, columns, cells.size()));
    }
  }
}
