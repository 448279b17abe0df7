package io.github.dae4j.stacked.table;

import io.github.dae4j.stacked.internal.Quantiles;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Means and standard deviations of a table's numbers, which a few wild values do not ruin: they
 * count as 20 interquartile ranges from the median.
 */
final class ScaleFitting {

  private static final double RANGES = 20;

  private final Table table;
  private final TableSchema schema;
  private final long rows;

  ScaleFitting(Table table, TableSchema schema, long rows) {
    this.table = table;
    this.schema = schema;
    this.rows = rows;
  }

  Map<String, Scale> scales() {
    List<Column> scaled = schema.scaled().toList();
    int[] indices = scaled.stream().mapToInt(c -> table.columns().indexOf(c.name())).toArray();
    long step = Math.max(1, rows / TableDefaults.MOST_ROWS_FOR_SCALES);
    double[][] values = new double[scaled.size()][(int) (rows / step + 1)];
    int[] counts = new int[scaled.size()];
    long number = 0;
    try (Table.Rows source = table.rows()) {
      for (; source.hasNext(); number++) {
        Table.Row row = source.next();
        for (int i = 0; number % step == 0 && i < indices.length; i++) {
          double value = value(scaled.get(i), row.cell(indices[i]));
          if (Double.isFinite(value)) {
            values[i][counts[i]++] = value;
          }
        }
      }
    }
    Map<String, Scale> scales = new LinkedHashMap<>();
    for (int i = 0; i < indices.length; i++) {
      if (counts[i] == 0) {
        throw new TableException(
            "%s: column '%s' has no cell that is a %s"
                .formatted(
                    table.name(),
                    scaled.get(i).name(),
                    scaled.get(i) instanceof DateColumn ? "date" : "number"));
      }
      double[] known = Arrays.copyOf(values[i], counts[i]);
      scales.put(scaled.get(i).name(), checked(table, scaled.get(i).name(), () -> robust(known)));
    }
    return scales;
  }

  /** Of numbers whose squares are no doubles any more there is no scale. */
  static Scale checked(Table table, String column, Supplier<Scale> scale) {
    try {
      return scale.get();
    } catch (IllegalArgumentException e) {
      throw new TableException(
          "%s: column '%s' has numbers too large to learn from: their mean or standard deviation is"
                  .formatted(table.name(), column)
              + " beyond a double; rescale it, or leave it out",
          e);
    }
  }

  private double value(Column column, String untrimmed) {
    String cell = untrimmed == null ? "" : untrimmed.strip();
    if (schema.isMissing(cell)) {
      return Double.NaN;
    }
    return column instanceof DateColumn date
        ? date.date().daysOrIso(cell)
        : NumberText.parse(cell, table.decimal());
  }

  static Scale robust(double[] values) {
    Arrays.sort(values);
    double median = Quantiles.of(values, 0.5);
    double range = RANGES * (Quantiles.of(values, 0.75) - Quantiles.of(values, 0.25));
    double least = range > 0 ? median - range : Quantiles.of(values, 0.001);
    double most = range > 0 ? median + range : Quantiles.of(values, 0.999);
    Scale scale =
        Scale.of(Arrays.stream(values).map(v -> Math.max(least, Math.min(most, v))).toArray());
    return scale.standardDeviation() > 0 ? scale : Scale.of(values);
  }
}
