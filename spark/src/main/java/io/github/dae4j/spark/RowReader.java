package io.github.dae4j.spark;

import io.github.dae4j.stacked.table.TableColumns;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;

/** Makes the numbers that are trained on of a row: features, then the label if there is one. */
interface RowReader extends Serializable {

  /**
   * The numbers of a row.
   *
   * @throws IllegalArgumentException naming column and value of what cannot be one
   */
  float[] read(Row row);

  /** Of a vector or an array in the first column, and a label in the second. */
  final class OfVectors implements RowReader {

    private static final long serialVersionUID = 1L;

    private final String features;
    private final int width;
    private final boolean missingAllowed;
    private final boolean inUnitInterval;
    private final Label label;

    /**
     * A reader.
     *
     * @param features the column's name
     * @param width of each row
     * @param inUnitInterval whether features must be in [0, 1], as cross-entropy needs
     * @param label null for none
     */
    OfVectors(
        String features, int width, boolean missingAllowed, boolean inUnitInterval, Label label) {
      this.features = features;
      this.width = width;
      this.missingAllowed = missingAllowed;
      this.inUnitInterval = inUnitInterval;
      this.label = label;
    }

    @Override
    public float[] read(Row row) {
      double[] values = numbers(row.get(0), features);
      if (values.length != width) {
        throw new IllegalArgumentException(
            "column '%s' must have %d numbers in each row, got %d"
                .formatted(features, width, values.length));
      }
      float[] read = new float[width + (label == null ? 0 : 1)];
      for (int i = 0; i < width; i++) {
        read[i] = number(values[i], i);
      }
      if (label != null) {
        read[width] = label.of(row.get(1));
      }
      return read;
    }

    private float number(double value, int index) {
      boolean isMissing = missingAllowed && Double.isNaN(value);
      if (!isMissing && !Float.isFinite((float) value)) {
        throw new IllegalArgumentException(
            "column '%s' must hold finite numbers%s, got %s at index %d"
                .formatted(
                    features,
                    missingAllowed || !Double.isNaN(value)
                        ? ""
                        : " (missingAllowed lets NaN be a missing cell)",
                    value,
                    index));
      }
      if (inUnitInterval && !(isMissing || value >= 0 && value <= 1)) {
        throw new IllegalArgumentException(
            "column '%s' must be in [0, 1] under cross-entropy, got %s at index %d; scale it, or set"
                    .formatted(features, value, index)
                + " loss to 'squared'");
      }
      return (float) value;
    }
  }

  /** Of the cells of a table, by the columns that were fitted to it. */
  final class OfTable implements RowReader {

    private static final long serialVersionUID = 1L;

    private final String[] names;
    private final boolean hasLabel;
    private final byte[] bytes;
    private transient TableColumns columns;

    /**
     * A reader.
     *
     * @param names of the first columns of rows, the label among them if there is one
     * @param columns as bytes
     */
    OfTable(List<String> names, boolean hasLabel, byte[] columns) {
      this.names = names.toArray(String[]::new);
      this.hasLabel = hasLabel;
      this.bytes = columns;
    }

    @Override
    public float[] read(Row row) {
      TableColumns known = columns();
      Map<String, Object> cells = cells(row, names);
      float[] features = known.features(cells);
      if (!hasLabel) {
        return features;
      }
      float[] read = Arrays.copyOf(features, features.length + 1);
      read[features.length] = known.label(cells);
      return read;
    }

    private synchronized TableColumns columns() {
      if (columns == null) {
        try {
          columns = TableColumns.of(bytes);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return columns;
    }

    /** The first cells of a row by name, as a table has them. */
    static Map<String, Object> cells(Row row, String[] names) {
      Map<String, Object> cells = new LinkedHashMap<>();
      for (int i = 0; i < names.length; i++) {
        cells.put(names[i], cell(row.get(i)));
      }
      return cells;
    }

    /** Times without what only Java's own text of them has. */
    static Object cell(Object value) {
      if (value instanceof Timestamp time) {
        return time.toLocalDateTime().format(TIME);
      }
      return value instanceof Instant time
          ? time.atZone(ZoneOffset.UTC).toLocalDateTime().format(TIME)
          : value;
    }

    private static final DateTimeFormatter TIME =
        DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
  }

  /** The numbers of a vector or an array. */
  static double[] numbers(Object value, String column) {
    if (value instanceof Vector vector) {
      return vector.toArray();
    }
    if (value == null) {
      throw new IllegalArgumentException("column '%s' must not be null".formatted(column));
    }
    if (value instanceof scala.collection.Seq<?> seq) {
      List<?> list = scala.collection.JavaConverters.seqAsJavaList(seq);
      return numbers(list.size(), list::get);
    }
    // rows that a user's function makes come with the array that it made
    return numbers(Array.getLength(value), i -> Array.get(value, i));
  }

  private static double[] numbers(int n, IntFunction<?> cell) {
    double[] numbers = new double[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = cell.apply(i) instanceof Number number ? number.doubleValue() : Double.NaN;
    }
    return numbers;
  }

  /**
   * A label as a number: the index of its class, or itself.
   *
   * @param classes empty if it is a number
   */
  record Label(String column, Map<String, Integer> classes) implements Serializable {

    float of(Object value) {
      if (isMissing(value)) {
        return Float.NaN; // a row without a label
      }
      if (classes.isEmpty()) {
        float number = ((Number) value).floatValue();
        if (!Float.isFinite(number)) {
          throw new IllegalArgumentException(
              "column '%s' must hold finite numbers, got %s".formatted(column, value));
        }
        return number;
      }
      return classes.get(name(value));
    }

    /** Whether a row with this label has none: null, or NaN of either width. */
    static boolean isMissing(Object value) {
      return value == null || value instanceof Number number && Double.isNaN(number.doubleValue());
    }

    /** The same number is the same class in whatever type it comes. */
    static String name(Object value) {
      return value instanceof Number number && number.doubleValue() == number.longValue()
          ? String.valueOf(number.longValue())
          : value.toString();
    }
  }
}
