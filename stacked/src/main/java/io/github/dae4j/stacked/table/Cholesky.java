package io.github.dae4j.stacked.table;

/** The inverse of a symmetric positive definite matrix. */
final class Cholesky {

  private Cholesky() {}

  static double[][] inverse(double[][] matrix) {
    int n = matrix.length;
    double[][] lower = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i][j] - dot(lower[i], lower[j], 0, j);
        if (i == j) {
          lower[i][i] = Math.sqrt(Math.max(sum, 1e-12));
        } else {
          lower[i][j] = sum / lower[j][j];
        }
      }
    }
    return product(inverseOf(lower));
  }

  /** Row i is column i of the inverse of a lower triangle. */
  private static double[][] inverseOf(double[][] lower) {
    int n = lower.length;
    double[][] columns = new double[n][n];
    for (int j = 0; j < n; j++) {
      double[] column = columns[j];
      column[j] = 1 / lower[j][j];
      for (int i = j + 1; i < n; i++) {
        column[i] = -dot(lower[i], column, j, i) / lower[i][i];
      }
    }
    return columns;
  }

  private static double[][] product(double[][] columns) {
    int n = columns.length;
    double[][] inverse = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        inverse[i][j] = dot(columns[i], columns[j], i, n);
        inverse[j][i] = inverse[i][j];
      }
    }
    return inverse;
  }

  private static double dot(double[] a, double[] b, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
