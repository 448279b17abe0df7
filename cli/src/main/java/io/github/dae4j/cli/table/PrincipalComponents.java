package io.github.dae4j.cli.table;

import java.util.List;

/** Vectors in the plane in which they differ most, found by power iteration. */
final class PrincipalComponents {

  private static final int ITERATIONS = 60;

  private PrincipalComponents() {}

  /** [n][2], the places of n vectors of the same length; of one vector the origin. */
  static double[][] of(List<float[]> vectors) {
    int n = vectors.size();
    if (n == 0) {
      return new double[0][2];
    }
    double[][] x = centred(vectors);
    double[][] places = new double[n][2];
    for (int component = 0; component < 2; component++) {
      double[] direction = direction(x, component);
      for (int i = 0; i < n; i++) {
        double along = dot(x[i], direction);
        places[i][component] = along;
        for (int j = 0; j < direction.length; j++) {
          x[i][j] -= along * direction[j];
        }
      }
    }
    return places;
  }

  private static double[][] centred(List<float[]> vectors) {
    int width = vectors.get(0).length;
    double[] mean = new double[width];
    for (float[] vector : vectors) {
      for (int j = 0; j < width; j++) {
        mean[j] += vector[j] / (double) vectors.size();
      }
    }
    double[][] x = new double[vectors.size()][width];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < width; j++) {
        x[i][j] = vectors.get(i)[j] - mean[j];
      }
    }
    return x;
  }

  private static double[] direction(double[][] x, int component) {
    int width = x[0].length;
    double[] direction = new double[width];
    for (int j = 0; j < width; j++) {
      direction[j] = 1 + (j * 7 + component * 3) % 11; // no draw: the same picture each time
    }
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      double[] next = new double[width];
      for (double[] row : x) {
        double along = dot(row, direction);
        for (int j = 0; j < width; j++) {
          next[j] += along * row[j];
        }
      }
      double length = Math.sqrt(dot(next, next));
      if (length < 1e-12) {
        return new double[width]; // no more differences
      }
      for (int j = 0; j < width; j++) {
        direction[j] = next[j] / length;
      }
    }
    return direction;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }
}
