package io.github.dae4j.stacked.ladder;

import java.util.Arrays;

/** Batch normalization of blocks [n, w], each column over the rows, and its derivative. */
final class Normalization {

  /** The authors'. */
  static final double EPSILON = 1e-10;

  private Normalization() {}

  /**
   * a becomes (a - mean) / sqrt(variance + {@link #EPSILON}).
   *
   * @param mean gets w means from {@code at} on
   * @param inverse gets 1 / sqrt(variance + epsilon) there
   */
  static void apply(double[] a, int n, int w, double[] mean, double[] inverse, int at) {
    double[] m = new double[w];
    double[] v = new double[w];
    for (int i = 0; i < n; i++) {
      int start = i * w;
      for (int j = 0; j < w; j++) {
        m[j] += a[start + j];
      }
    }
    for (int j = 0; j < w; j++) {
      m[j] /= n;
    }
    for (int i = 0; i < n; i++) {
      int start = i * w;
      for (int j = 0; j < w; j++) {
        double centred = a[start + j] - m[j];
        a[start + j] = centred;
        v[j] += centred * centred;
      }
    }
    for (int j = 0; j < w; j++) {
      v[j] = 1 / Math.sqrt(v[j] / n + EPSILON);
    }
    for (int i = 0; i < n; i++) {
      int start = i * w;
      for (int j = 0; j < w; j++) {
        a[start + j] *= v[j];
      }
    }
    System.arraycopy(m, 0, mean, at, w);
    System.arraycopy(v, 0, inverse, at, w);
  }

  /**
   * dL/da from g = dL/dz for z, the normalized a; g is overwritten.
   *
   * @param inverse as {@link #apply} left it
   */
  static void backprop(double[] z, double[] g, int n, int w, double[] inverse, int at) {
    double[] sum = new double[w];
    double[] along = new double[w];
    double[] r = Arrays.copyOfRange(inverse, at, at + w);
    for (int i = 0; i < n; i++) {
      int start = i * w;
      for (int j = 0; j < w; j++) {
        sum[j] += g[start + j];
        along[j] += g[start + j] * z[start + j];
      }
    }
    for (int j = 0; j < w; j++) {
      sum[j] /= n;
      along[j] /= n;
    }
    for (int i = 0; i < n; i++) {
      int start = i * w;
      for (int j = 0; j < w; j++) {
        g[start + j] = r[j] * (g[start + j] - sum[j] - z[start + j] * along[j]);
      }
    }
  }
}
