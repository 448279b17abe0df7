package io.github.dae4j.datasets;

import io.github.dae4j.stacked.table.BinaryColumn;
import io.github.dae4j.stacked.table.CategoricalColumn;
import io.github.dae4j.stacked.table.Column;
import io.github.dae4j.stacked.table.NumericColumn;
import io.github.dae4j.stacked.table.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A table that is drawn, not measured: three hidden factors of each row show, with noise, in
 * numbers, words of two and categories; the label is whether the first two factors sum to more than
 * 0.
 */
public final class DrawnTable {

  private static final int FACTORS = 3;
  private static final int NUMBERS = 12;
  private static final int WORDS = 6;
  private static final int CATEGORIES = 6;
  private static final String[] LETTERS = {"a", "b", "c", "d"};
  private static final double NOISE = 1.5; // beside factors of unit variance

  private final Random random;
  private final double[][] weights;

  private DrawnTable(long seed) {
    random = new Random(seed);
    weights =
        IntStream.range(0, NUMBERS + WORDS + CATEGORIES * LETTERS.length)
            .mapToObj(column -> normals(FACTORS))
            .toArray(double[][]::new);
  }

  /** Draws the same rows for the same seed. */
  public static LabelledTable draw(int rows, long seed) {
    DrawnTable table = new DrawnTable(seed);
    List<List<String>> cells = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      double[] factors = table.normals(FACTORS);
      cells.add(table.row(factors));
      labels.add(factors[0] + factors[1] > 0 ? "more" : "less");
    }
    return new LabelledTable("drawn table", schema(), cells, labels);
  }

  private static TableSchema schema() {
    List<Column> columns = new ArrayList<>();
    IntStream.range(0, NUMBERS).forEach(i -> columns.add(new NumericColumn("number" + i)));
    IntStream.range(0, WORDS).forEach(i -> columns.add(new BinaryColumn("word" + i, "no", "yes")));
    IntStream.range(0, CATEGORIES)
        .forEach(i -> columns.add(new CategoricalColumn("category" + i, LETTERS)));
    return new TableSchema(columns.toArray(Column[]::new));
  }

  private List<String> row(double[] factors) {
    List<String> row = new ArrayList<>();
    for (int i = 0; i < NUMBERS; i++) {
      row.add(String.format(Locale.ROOT, "%.3f", noisy(i, factors)));
    }
    for (int i = 0; i < WORDS; i++) {
      row.add(noisy(NUMBERS + i, factors) > 0 ? "yes" : "no");
    }
    for (int i = 0; i < CATEGORIES; i++) {
      row.add(likeliest(NUMBERS + WORDS + i * LETTERS.length, factors));
    }
    return row;
  }

  private String likeliest(int from, double[] factors) {
    double[] scores =
        IntStream.range(from, from + LETTERS.length)
            .mapToDouble(column -> noisy(column, factors))
            .toArray();
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    return LETTERS[best];
  }

  private double noisy(int column, double[] factors) {
    double sum = NOISE * random.nextGaussian();
    for (int factor = 0; factor < FACTORS; factor++) {
      sum += weights[column][factor] * factors[factor];
    }
    return sum;
  }

  private double[] normals(int count) {
    return IntStream.range(0, count).mapToDouble(i -> random.nextGaussian()).toArray();
  }
}
