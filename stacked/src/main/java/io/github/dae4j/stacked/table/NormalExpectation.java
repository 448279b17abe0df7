package io.github.dae4j.stacked.table;

import java.util.Arrays;

/**
 * What the normal distribution of the features expects of each column, given the others: a linear
 * map from a row without holes, in which no column is told by itself.
 *
 * @param weights [features][features]: from each feature to each that is expected
 * @param bias [features]
 */
record NormalExpectation(float[][] weights, float[] bias) {

  /** Of more features the covariance takes longer to invert than networks to train. */
  static final int MOST_FEATURES = 500;

  private static final long MOST_PRODUCTS = 1_000_000_000;

  /** Fits to rows [n][features], in which NaN counts as the mean; of very many to some. */
  static NormalExpectation fit(float[][] rows, FeatureLayout layout, long seed) {
    int d = layout.features();
    int most = (int) Math.min(rows.length, MOST_PRODUCTS / ((long) d * d));
    float[][] some = RowDraw.of(rows, most, seed);
    double[] mean = GaussianFill.means(some, d);
    float[][] filled = new float[some.length][];
    for (int row = 0; row < some.length; row++) {
      filled[row] = some[row].clone();
      for (int i = 0; i < d; i++) {
        filled[row][i] = Float.isNaN(filled[row][i]) ? (float) mean[i] : filled[row][i];
      }
    }
    return of(GaussianFill.fit(filled, layout), layout);
  }

  private static NormalExpectation of(GaussianFill normal, FeatureLayout layout) {
    int d = layout.features();
    float[][] weights = new float[d][d];
    float[] bias = normal.mean().clone();
    for (int column = 0; column < layout.columns(); column++) {
      int from = layout.from()[column];
      int to = layout.from()[column + 1];
      int[] own = new int[to - from];
      Arrays.setAll(own, i -> from + i);
      double[][] variance = normal.conditionalCovariance(own);
      for (int other = 0; other < d; other++) {
        for (int i = 0; i < own.length && (other < from || other >= to); i++) {
          double weight = 0;
          for (int j = 0; j < own.length; j++) {
            weight -= variance[i][j] * normal.precision()[own[j]][other];
          }
          weights[other][own[i]] = (float) weight;
          bias[own[i]] -= (float) (weight * normal.mean()[other]);
        }
      }
    }
    return new NormalExpectation(weights, bias);
  }

  /** Numbers within 6 standard deviations, and probabilities of words. */
  float[] expected(float[] row, FeatureLayout layout) {
    float[] expected = bias.clone();
    FloatRows.add(expected, expected.length, row, weights, new int[expected.length]);
    for (int column = 0; column < layout.columns(); column++) {
      GaussianFill.bound(
          expected, layout.from()[column], layout.from()[column + 1], layout.words()[column]);
    }
    return expected;
  }
}
