package io.github.dae4j.stacked.table;

import io.github.dae4j.stacked.internal.Quantiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Means and standard deviations of a table's numbers, which a few wild values do not ruin: they
 * count as 20 interquartile ranges from the median. So does a word such as -999, however often.
 */
final class ScaleFitting {

  private static final double RANGES = 20;
  private static final double FEW = 0.01; // of the cells: more that differ are a kind of their own
  private static final int ALWAYS_FEW = 3;
  private static final double SPARED = 0.001; // of the cells on each side, then

  private final Table table;
  private final TableSchema schema;
  private final long seed;

  /**
   * Of each column of numbers or dates, by name.
   *
   * @param ranges of all cells, wild values too
   */
  record Fitted(Map<String, Scale> scales, Map<String, Range> ranges) {}

  /** The least and the largest number of a column. */
  record Range(double least, double most) {}

  /** Prepares it; the seed draws cells where there are many. */
  ScaleFitting(Table table, TableSchema schema, long seed) {
    this.table = table;
    this.schema = schema;
    this.seed = seed;
  }

  Fitted fit() {
    List<Column> scaled = schema.scaled().toList();
    int[] indices = scaled.stream().mapToInt(c -> table.columns().indexOf(c.name())).toArray();
    List<Numbers> numbers = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(seed);
    scaled.forEach(column -> numbers.add(new Numbers(random.split())));
    try (Table.Rows source = table.rows()) {
      while (source.hasNext()) {
        Table.Row row = source.next();
        for (int i = 0; i < indices.length; i++) {
          double value = value(scaled.get(i), row.cell(indices[i]));
          if (Double.isFinite(value)) {
            numbers.get(i).add(value);
          }
        }
      }
    }
    Map<String, Scale> scales = new LinkedHashMap<>();
    Map<String, Range> ranges = new LinkedHashMap<>();
    for (int i = 0; i < indices.length; i++) {
      Column column = scaled.get(i);
      Numbers own = numbers.get(i);
      if (own.count == 0) {
        throw new TableException(
            "%s: column '%s' has no cell that is a %s"
                .formatted(
                    table.name(), column.name(), column instanceof DateColumn ? "date" : "number"));
      }
      scales.put(column.name(), checked(table, column.name(), () -> robust(own.drawn())));
      ranges.put(column.name(), new Range(own.least, own.most));
    }
    return new Fitted(scales, ranges);
  }

  /** Those of one column: of many some are kept, each with the same probability. */
  private static final class Numbers {

    private final SplittableRandom random;
    private double[] kept = new double[16];
    private long count;
    private double least = Double.POSITIVE_INFINITY;
    private double most = Double.NEGATIVE_INFINITY;

    Numbers(SplittableRandom random) {
      this.random = random;
    }

    /** By reservoir: the n-th takes the place of a kept one with the probability kept / n. */
    void add(double number) {
      least = Math.min(least, number);
      most = Math.max(most, number);
      long place = count < TableDefaults.MOST_CELLS_FOR_SCALES ? count : random.nextLong(count + 1);
      count++;
      if (place < TableDefaults.MOST_CELLS_FOR_SCALES) {
        if (place >= kept.length) {
          kept = Arrays.copyOf(kept, 2 * kept.length);
        }
        kept[(int) place] = number;
      }
    }

    double[] drawn() {
      return Arrays.copyOf(kept, (int) Math.min(count, TableDefaults.MOST_CELLS_FOR_SCALES));
    }
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
    return schema.isMissing(cell) ? Double.NaN : ModelColumns.number(column, cell, table.decimal());
  }

  /**
   * That of numbers, which become sorted.
   *
   * @throws IllegalArgumentException if one of them is infinite, or their mean or deviation
   */
  static Scale robust(double[] values) {
    Arrays.sort(values);
    if (Double.isInfinite(values[0]) || Double.isInfinite(values[values.length - 1])) {
      return Scale.of(values);
    }
    double median = Quantiles.of(values, 0.5);
    double range = RANGES * (Quantiles.of(values, 0.75) - Quantiles.of(values, 0.25));
    int n = values.length;
    int below = (int) Arrays.stream(values).filter(v -> v < median - range).count();
    int above = (int) Arrays.stream(values).filter(v -> v > median + range).count();
    int spared = (int) Math.ceil(SPARED * n);
    double least =
        range > 0 && areWild(values, 0, below) ? median - range : values[Math.min(spared, n / 2)];
    double most =
        range > 0 && areWild(values, n - above, n)
            ? median + range
            : values[Math.max(n - 1 - spared, n / 2)];
    Scale scale =
        Scale.of(Arrays.stream(values).map(v -> Math.max(least, Math.min(most, v))).toArray());
    return scale.standardDeviation() > 0 ? scale : Scale.of(values);
  }

  /** Whether sorted values far from all others are few, or all the same. */
  private static boolean areWild(double[] sorted, int from, int to) {
    return to - from <= Math.max(ALWAYS_FEW, FEW * sorted.length) || sorted[from] == sorted[to - 1];
  }
}
