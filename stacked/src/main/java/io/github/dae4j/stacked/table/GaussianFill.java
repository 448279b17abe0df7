package io.github.dae4j.stacked.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.exception.MathIllegalArgumentException;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;

/**
 * The normal distribution of features, by which missing ones are filled: their mean, given the
 * others. Means and covariance come from rows with holes by expectation maximisation.
 *
 * @param mean of each feature
 * @param precision the inverse of the covariance [features][features]
 */
record GaussianFill(float[] mean, float[][] precision) {

  private static final int ROUNDS = 5;
  private static final double LEAST_VARIANCE = 1e-8;
  private static final float LEAST_PROBABILITY = 0.001f;
  private static final int MOST_CHECKED = 300; // features of a file's: some 10 ms

  /** Fits to rows [n][features] in which what is missing is NaN. */
  static GaussianFill fit(float[][] rows, FeatureLayout layout) {
    int d = layout.features();
    double[] mean = means(rows, d);
    boolean hasHoles = Arrays.stream(rows).anyMatch(FloatRows::hasHoles);
    double[][] covariance = new double[d][d];
    double[] z = new double[d];
    for (float[] row : rows) {
      for (int i = 0; i < d; i++) {
        z[i] = Float.isNaN(row[i]) ? 0 : row[i] - mean[i];
      }
      addOuter(covariance, z);
    }
    GaussianFill fit = of(mean, covariance, rows.length);
    for (int round = 0; hasHoles && round < ROUNDS; round++) {
      covariance = new double[d][d];
      for (float[] row : rows) {
        int[] holes = holes(row);
        double[][] variance = holes.length == 0 ? null : fit.conditionalCovariance(holes);
        fit.centred(row, holes, variance, z);
        addOuter(covariance, z);
        for (int i = 0; i < holes.length; i++) {
          for (int j = 0; j < holes.length; j++) {
            covariance[holes[i]][holes[j]] += variance[i][j];
          }
        }
      }
      fit = of(mean, covariance, rows.length);
    }
    return fit;
  }

  /**
   * One that comes from a file.
   *
   * @throws IllegalArgumentException if the precision is none; of many features its diagonal alone
   *     is looked at
   */
  static GaussianFill checked(float[] mean, float[][] precision) {
    GaussianFill fill = new GaussianFill(mean, precision);
    int d = mean.length;
    boolean isPrecision = IntStream.range(0, d).allMatch(i -> precision[i][i] > 0);
    if (isPrecision && d <= MOST_CHECKED) {
      try {
        fill.conditionalCovariance(IntStream.range(0, d).toArray());
      } catch (MathIllegalArgumentException e) {
        isPrecision = false;
      }
    }
    if (!isPrecision) {
      throw new IllegalArgumentException("its precision must be positive definite");
    }
    return fill;
  }

  /** Of each feature, without NaN; 0 of one that no row has. */
  static double[] means(float[][] rows, int d) {
    double[] sums = new double[d];
    int[] counts = new int[d];
    for (float[] row : rows) {
      for (int i = 0; i < d; i++) {
        if (!Float.isNaN(row[i])) {
          sums[i] += row[i];
          counts[i]++;
        }
      }
    }
    for (int i = 0; i < d; i++) {
      sums[i] = counts[i] == 0 ? 0 : sums[i] / counts[i];
    }
    return sums;
  }

  private static void addOuter(double[][] sum, double[] z) {
    for (int i = 0; i < z.length; i++) {
      double a = z[i];
      if (a != 0) {
        double[] to = sum[i];
        for (int j = 0; j < z.length; j++) {
          to[j] += a * z[j];
        }
      }
    }
  }

  /** Regularised and inverted. */
  private static GaussianFill of(double[] mean, double[][] sums, int n) {
    int d = mean.length;
    double ridge = 0.01 + 0.1 * d / n;
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        sums[i][j] /= n;
      }
      sums[i][i] += ridge * Math.max(LEAST_VARIANCE, sums[i][i]);
      sums[i][i] = Math.max(LEAST_VARIANCE, sums[i][i]);
    }
    double[][] inverse = inverse(sums);
    float[][] precision = new float[d][d];
    float[] means = new float[d];
    for (int i = 0; i < d; i++) {
      means[i] = (float) mean[i];
      for (int j = 0; j < d; j++) {
        precision[i][j] = (float) inverse[i][j];
      }
    }
    return new GaussianFill(means, precision);
  }

  /** Of a positive definite matrix that is symmetric but for rounding, which is taken out. */
  private static double[][] inverse(double[][] matrix) {
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < i; j++) {
        matrix[i][j] = matrix[j][i];
      }
    }
    return new CholeskyDecomposition(
            new Array2DRowRealMatrix(matrix, false), 0, LEAST_VARIANCE * LEAST_VARIANCE)
        .getSolver()
        .getInverse()
        .getData();
  }

  private static int[] holes(float[] row) {
    List<Integer> holes = new ArrayList<>();
    for (int i = 0; i < row.length; i++) {
      if (Float.isNaN(row[i])) {
        holes.add(i);
      }
    }
    return holes.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The conditional covariance of some features given the others. */
  double[][] conditionalCovariance(int[] holes) {
    double[][] block = new double[holes.length][holes.length];
    for (int i = 0; i < holes.length; i++) {
      for (int j = 0; j < holes.length; j++) {
        block[i][j] = precision[holes[i]][holes[j]];
      }
    }
    return inverse(block);
  }

  /** A row less the means, its holes filled. */
  private void centred(float[] row, int[] holes, double[][] variance, double[] z) {
    for (int i = 0; i < row.length; i++) {
      z[i] = Float.isNaN(row[i]) ? 0 : row[i] - mean[i];
    }
    double[] pull = new double[holes.length];
    for (int i = 0; i < holes.length; i++) {
      float[] of = precision[holes[i]];
      for (int j = 0; j < z.length; j++) {
        pull[i] -= of[j] * z[j];
      }
    }
    for (int i = 0; i < holes.length; i++) {
      for (int j = 0; j < holes.length; j++) {
        z[holes[i]] += variance[i][j] * pull[j];
      }
    }
  }

  /**
   * A row whose NaN are filled: numbers within 6 standard deviations, words with probabilities.
   *
   * @return the same array if nothing is missing
   */
  float[] fill(float[] row, FeatureLayout layout) {
    int[] holes = holes(row);
    if (holes.length == 0) {
      return row;
    }
    double[] z = new double[row.length];
    centred(row, holes, conditionalCovariance(holes), z);
    float[] filled = row.clone();
    for (int hole : holes) {
      filled[hole] = (float) (z[hole] + mean[hole]);
    }
    for (int column = 0; column < layout.columns(); column++) {
      int from = layout.from()[column];
      int to = layout.from()[column + 1];
      if (to > from && Float.isNaN(row[from])) {
        bound(filled, from, to, layout.words()[column]);
      }
    }
    return filled;
  }

  /** Numbers within 6 standard deviations, words as probabilities. */
  static void bound(float[] row, int from, int to, boolean words) {
    float sum = 0;
    for (int i = from; i < to; i++) {
      row[i] =
          words
              ? Math.max(LEAST_PROBABILITY, Math.min(1, row[i]))
              : Math.max(-TableNet.BOUND, Math.min(TableNet.BOUND, row[i]));
      sum += row[i];
    }
    for (int i = from; words && i < to; i++) {
      row[i] /= sum;
    }
  }
}
