package io.github.dae4j.stacked.table;

import io.github.dae4j.stacked.internal.Quantiles;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The errors of columns in usual rows, which those of other rows are divided by. NaN stands for the
 * error of a missing cell, which adds nothing.
 *
 * @param ofColumns the error of each column that counts as 1
 * @param sum of a usual row's errors so divided
 */
record UsualErrors(double[] ofColumns, double sum) {

  /** The share of rows, those with the largest errors, that are not usual. */
  static final double TRIMMED = 0.1;

  private static final double FLOOR = 0.1;

  /** The rows that are usual, of errors [rows][columns]. */
  static int[] usualRows(float[][] errors) {
    int n = errors.length;
    double[] first = floored(means(errors, IntStream.range(0, n).toArray()));
    double[] rough = Arrays.stream(errors).mapToDouble(row -> sum(row, first)).toArray();
    return IntStream.range(0, n)
        .boxed()
        .sorted(Comparator.comparingDouble(row -> rough[row]))
        .limit((long) Math.ceil((1 - TRIMMED) * n))
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }

  static UsualErrors of(float[][] errors, int[] usualRows) {
    double[] usual = floored(means(errors, usualRows));
    double sum =
        Arrays.stream(usualRows)
            .mapToDouble(row -> sum(errors[row], usual))
            .average()
            .orElseThrow();
    return new UsualErrors(usual, sum);
  }

  /** Over the rows that know a column; the mean of the others where none does. */
  private static double[] means(float[][] errors, int[] rows) {
    double[] means = new double[errors[0].length];
    for (int column = 0; column < means.length; column++) {
      int of = column;
      means[column] =
          Arrays.stream(rows)
              .mapToDouble(row -> errors[row][of])
              .filter(error -> !Double.isNaN(error))
              .average()
              .orElse(Double.NaN);
    }
    double ofKnown = Arrays.stream(means).filter(mean -> !Double.isNaN(mean)).average().orElse(1);
    return Arrays.stream(means).map(mean -> Double.isNaN(mean) ? ofKnown : mean).toArray();
  }

  /** A tenth of the columns' mean is added, so that no column counts for too much. */
  private static double[] floored(double[] means) {
    double floor = FLOOR * Arrays.stream(means).average().orElseThrow() + 1e-9;
    return Arrays.stream(means).map(mean -> mean + floor).toArray();
  }

  /** The sum of a row's errors divided by the usual ones. */
  double sum(float[] errors) {
    return sum(errors, ofColumns);
  }

  /** Adds each column's part of a row's error; those of a usual row sum up to the share. */
  void add(double[] parts, float[] errors, double share) {
    for (int column = 0; column < parts.length; column++) {
      if (!Float.isNaN(errors[column])) {
        parts[column] += share * errors[column] / ofColumns[column] / sum;
      }
    }
  }

  private static double sum(float[] errors, double[] usual) {
    double sum = 0;
    for (int column = 0; column < usual.length; column++) {
      sum += Float.isNaN(errors[column]) ? 0 : errors[column] / usual[column];
    }
    return sum;
  }

  /** The score that a share of ascending ones lies above. */
  static double threshold(double[] scores, double contamination) {
    return Quantiles.of(scores, 1 - contamination);
  }
}
