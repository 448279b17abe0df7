package io.github.dae4j.stacked.table;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns cells into features, one column at a time; for any number of threads. */
final class RowEncoder {

  /** How one column's cells become features. */
  interface CellEncoder {

    /**
     * Writes the features of a trimmed cell that is not missing.
     *
     * @return false if the cell says nothing that the column knows; its features are then as of an
     *     unseen category 0, otherwise NaN
     */
    boolean encode(String cell, char decimal, float[] row, int at);
  }

  private final List<Column> columns;
  private final CellEncoder[] encoders;
  private final int[] from;
  private final Set<String> missing;

  RowEncoder(TableSchema schema, Map<String, Scale> scales) {
    columns = schema.columns();
    encoders = new CellEncoder[columns.size()];
    from = new int[encoders.length + 1];
    for (int column = 0; column < encoders.length; column++) {
      encoders[column] = encoder(columns.get(column), scales);
      from[column + 1] = from[column] + columns.get(column).width();
    }
    missing = new HashSet<>(schema.missing());
  }

  int width() {
    return from[encoders.length];
  }

  /** The index of a column's first feature. */
  int from(int column) {
    return from[column];
  }

  boolean isMissing(String trimmed) {
    return missing.contains(trimmed);
  }

  /** Writes a column's features; NaN of a missing cell. The result is that of the encoder. */
  boolean encode(int column, String cell, char decimal, float[] row, int at) {
    String trimmed = cell == null ? null : cell.strip();
    if (trimmed == null || missing.contains(trimmed)) {
      Arrays.fill(row, at + from[column], at + from[column + 1], Float.NaN);
      return true;
    }
    return encoders[column].encode(trimmed, decimal, row, at + from[column]);
  }

  private static CellEncoder encoder(Column column, Map<String, Scale> scales) {
    Scale scale = scales.get(column.name());
    if (column instanceof NumericColumn) {
      return (cell, decimal, row, at) -> {
        double number = NumberText.parse(cell, decimal);
        row[at] = Double.isNaN(number) ? Float.NaN : (float) scale.standardised(number);
        return !Double.isNaN(number);
      };
    }
    if (column instanceof BinaryColumn binary) {
      return (cell, decimal, row, at) -> {
        boolean isOne = cell.equals(binary.one());
        boolean isKnown = isOne || cell.equals(binary.zero());
        row[at] = isOne ? 1 : isKnown ? 0 : Float.NaN;
        return isKnown;
      };
    }
    if (column instanceof CategoricalColumn categorical) {
      return categories(categorical);
    }
    if (column instanceof HashedColumn hashed) {
      return (cell, decimal, row, at) -> {
        Arrays.fill(row, at, at + hashed.width(), 0);
        row[at + hashed.bucket(cell)] = 1;
        return true;
      };
    }
    return dates((DateColumn) column, scale);
  }

  private static CellEncoder categories(CategoricalColumn column) {
    Map<String, Integer> indices = new HashMap<>();
    for (String category : column.categories()) {
      indices.put(category, indices.size());
    }
    column.rare().forEach(rare -> indices.put(rare, column.categories().size()));
    int width = column.width();
    return (cell, decimal, row, at) -> {
      Arrays.fill(row, at, at + width, 0);
      Integer index = indices.get(cell);
      if (index != null) {
        row[at + index] = 1;
      }
      return index != null;
    };
  }

  private static CellEncoder dates(DateColumn column, Scale scale) {
    DatePattern pattern = column.date();
    int width = column.width();
    return (cell, decimal, row, at) -> {
      double days = pattern.days(cell);
      if (Double.isNaN(days)) {
        Arrays.fill(row, at, at + width, Float.NaN);
        return false;
      }
      double[] values = column.values(days);
      for (int i = 0; i < width; i++) {
        row[at + i] = (float) (i == 0 && scale != null ? scale.standardised(values[0]) : values[i]);
      }
      return true;
    };
  }
}
