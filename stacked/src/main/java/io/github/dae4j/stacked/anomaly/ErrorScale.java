package io.github.dae4j.stacked.anomaly;

import io.github.dae4j.stacked.internal.Quantiles;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What errors are usual in each feature: the scaled error is (error - median) / spread, and few
 * outliers among the rows that it was fitted on hardly change it.
 *
 * @param medians of the errors of each feature
 * @param spreads of each feature, above 0
 */
record ErrorScale(double[] medians, double[] spreads) {

  private static final int CELLS_AT_ONCE = 1 << 25; // 256 MB

  ErrorScale {
    if (medians.length == 0 || medians.length != spreads.length) {
      throw new IllegalArgumentException(
          "ErrorScale needs a median and a spread for each feature, got %d and %d"
              .formatted(medians.length, spreads.length));
    }
    for (int feature = 0; feature < medians.length; feature++) {
      if (!(Double.isFinite(medians[feature])
          && spreads[feature] > 0
          && Double.isFinite(spreads[feature]))) {
        throw new IllegalArgumentException(
            "ErrorScale must have finite medians and spreads > 0, got %s and %s for feature %d"
                .formatted(medians[feature], spreads[feature], feature));
      }
    }
  }

  /**
   * Fits medians and interquartile ranges to the errors of x [n, nIn]. A range below {@code
   * leastSpread} times their mean becomes that; where that is 0 too the spread is 1, and the scaled
   * error is the excess over the median in the loss's units.
   *
   * <p>Of large sets as many features are fitted at a time as there is room for, and the errors
   * computed again for the next.
   */
  static ErrorScale fit(FiniteErrors errors, INDArray x, double leastSpread) {
    return fit(errors, x, leastSpread, CELLS_AT_ONCE);
  }

  static ErrorScale fit(FiniteErrors errors, INDArray x, double leastSpread, int cellsAtOnce) {
    int features = Math.toIntExact(x.size(1));
    double[] medians = new double[features];
    double[] ranges = new double[features];
    int step = (int) Math.max(1, cellsAtOnce / x.size(0));
    for (int from = 0; from < features; from += step) {
      double[][] columns = columns(errors, x, from, Math.min(from + step, features));
      for (int i = 0; i < columns.length; i++) {
        double[] known = sortedWithoutMissing(columns[i], from + i);
        medians[from + i] = Quantiles.of(known, 0.5);
        ranges[from + i] = Quantiles.of(known, 0.75) - Quantiles.of(known, 0.25);
      }
    }
    double least = leastSpread * Arrays.stream(ranges).average().orElseThrow();
    return new ErrorScale(medians, Arrays.stream(ranges).map(r -> spread(r, least)).toArray());
  }

  private static double[] sortedWithoutMissing(double[] column, int feature) {
    double[] known = Arrays.stream(column).filter(error -> !Double.isNaN(error)).sorted().toArray();
    if (known.length == 0) {
      throw new IllegalArgumentException(
          "AnomalyDetector training rows must have a value for feature %d".formatted(feature));
    }
    return known;
  }

  private static double[][] columns(FiniteErrors errors, INDArray x, int from, int to) {
    int features = (int) x.size(1);
    double[][] columns = new double[to - from][Math.toIntExact(x.size(0))];
    errors.forEach(
        x,
        (first, cells) -> {
          for (int cell = 0; cell < cells.length; cell += features) {
            for (int column = from; column < to; column++) {
              columns[column - from][first + cell / features] = cells[cell + column];
            }
          }
        });
    return columns;
  }

  private static double spread(double range, double least) {
    double spread = Math.max(range, least);
    return spread > 0 ? spread : 1;
  }

  int features() {
    return medians.length;
  }

  double scaled(int feature, double error) {
    return (error - medians[feature]) / spreads[feature];
  }

  /**
   * The root mean square over the features of a row of the scaled errors above 0: a feature that is
   * reconstructed better than usual does not make up for another, and a missing one does not count.
   *
   * @param from where the row begins among the cells
   */
  double score(double[] cells, int from) {
    double sum = 0;
    int known = 0;
    for (int feature = 0; feature < features(); feature++) {
      double error = cells[from + feature];
      if (!Double.isNaN(error)) {
        double excess = Math.max(0, scaled(feature, error));
        sum += excess * excess;
        known++;
      }
    }
    return known == 0 ? 0 : Math.sqrt(sum / known);
  }
}
