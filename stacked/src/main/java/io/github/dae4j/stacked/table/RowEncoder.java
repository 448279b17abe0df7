package io.github.dae4j.stacked.table;

import java.util.ArrayList;
import java.util.Arrays;
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
  private final WordLookup[] words; // null of columns without
  private final CellEncoder[] encoders;
  private final int[] from;
  private final Set<String> missing;

  RowEncoder(TableSchema schema, Map<String, Scale> scales) {
    columns = schema.columns();
    words = new WordLookup[columns.size()];
    encoders = new CellEncoder[columns.size()];
    from = new int[encoders.length + 1];
    for (int column = 0; column < encoders.length; column++) {
      words[column] = words(columns.get(column));
      encoders[column] = encoder(columns.get(column), words[column], scales);
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

  /** What finds the words of a column; null if it has none. */
  WordLookup words(int column) {
    return words[column];
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

  private static WordLookup words(Column column) {
    if (column instanceof BinaryColumn binary) {
      return new WordLookup(List.of(List.of(binary.zero()), List.of(binary.one())));
    }
    if (column instanceof CategoricalColumn categorical) {
      List<Iterable<String>> groups = new ArrayList<>();
      categorical.categories().forEach(category -> groups.add(List.of(category)));
      groups.add(categorical.rare());
      return new WordLookup(groups);
    }
    return null;
  }

  private static CellEncoder encoder(Column column, WordLookup words, Map<String, Scale> scales) {
    Scale scale = scales.get(column.name());
    if (column instanceof NumericColumn) {
      return (cell, decimal, row, at) -> {
        double number = NumberText.parse(cell, decimal);
        row[at] = Double.isNaN(number) ? Float.NaN : (float) scale.standardised(number);
        return !Double.isNaN(number);
      };
    }
    if (column instanceof BinaryColumn) {
      return (cell, decimal, row, at) -> {
        int index = words.index(cell, decimal);
        row[at] = index < 0 ? Float.NaN : index;
        return index >= 0;
      };
    }
    if (column instanceof CategoricalColumn) {
      return categories(words, column.width());
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

  private static CellEncoder categories(WordLookup words, int width) {
    return (cell, decimal, row, at) -> {
      Arrays.fill(row, at, at + width, 0);
      int index = words.index(cell, decimal);
      if (index >= 0) {
        row[at + index] = 1;
      }
      return index >= 0;
    };
  }

  private static CellEncoder dates(DateColumn column, Scale scale) {
    DatePattern pattern = column.date();
    int width = column.width();
    return (cell, decimal, row, at) -> {
      double days = pattern.daysOrIso(cell);
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
