package io.github.dae4j.stacked.ladder;

import io.github.dae4j.internal.compute.Sigmoid;
import java.util.Arrays;

/**
 * The functions g(z, u) of {@link Ladder.Combinator} over blocks [n, w], whose parameters are p
 * [count, w].
 */
final class Combination {

  private Combination() {}

  /** Row i of p has a(i + 1) of the paper. */
  static void gaussian(double[] z, double[] u, double[] p, int n, int w, double[] estimate) {
    double[][] a = rows(p, w);
    double[] mean = new double[w];
    double[] trust = new double[w];
    for (int i = 0; i < n; i++) {
      int start = i * w;
      form(u, start, w, a[0], a[1], a[2], a[3], a[4], mean);
      form(u, start, w, a[5], a[6], a[7], a[8], a[9], trust);
      for (int j = 0; j < w; j++) {
        estimate[start + j] = (z[start + j] - mean[j]) * trust[j] + mean[j];
      }
    }
  }

  private static double[][] rows(double[] p, int w) {
    double[][] rows = new double[10][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(p, i * w, (i + 1) * w);
    }
    return rows;
  }

  /** a sigmoid(b x + c) + d x + e. */
  private static void form(
      double[] x,
      int start,
      int w,
      double[] a,
      double[] b,
      double[] c,
      double[] d,
      double[] e,
      double[] to) {
    sigmoid(x, start, w, b, c, to);
    for (int j = 0; j < w; j++) {
      to[j] = a[j] * to[j] + e[j];
    }
    for (int j = 0; j < w; j++) {
      to[j] += d[j] * x[start + j];
    }
  }

  /** sigmoid(b x + c), in loops short enough to become vector instructions. */
  private static void sigmoid(double[] x, int start, int w, double[] b, double[] c, double[] to) {
    for (int j = 0; j < w; j++) {
      to[j] = b[j] * x[start + j] + c[j];
    }
    Sigmoid.apply(to, w);
  }

  /** g is dL/d estimate; z and u become their derivatives, dp gets those of the parameters. */
  static void gaussianBackprop(
      double[] z, double[] u, double[] p, double[] g, int n, int w, double[] dp) {
    double[][] a = rows(p, w);
    double[][] da = new double[10][w];
    double[] mean = new double[w];
    double[] trust = new double[w];
    double[] dMean = new double[w];
    double[] dTrust = new double[w];
    double[] du = new double[w];
    double[] s = new double[w];
    double[] inner = new double[w];
    for (int i = 0; i < n; i++) {
      int start = i * w;
      form(u, start, w, a[0], a[1], a[2], a[3], a[4], mean);
      form(u, start, w, a[5], a[6], a[7], a[8], a[9], trust);
      for (int j = 0; j < w; j++) {
        dMean[j] = g[start + j] * (1 - trust[j]);
        dTrust[j] = g[start + j] * (z[start + j] - mean[j]);
        z[start + j] = g[start + j] * trust[j];
      }
      Arrays.fill(du, 0);
      formBackprop(u, start, w, a[0], a[1], a[2], a[3], dMean, da, 0, s, inner, du);
      formBackprop(u, start, w, a[5], a[6], a[7], a[8], dTrust, da, 5, s, inner, du);
      System.arraycopy(du, 0, u, start, w);
    }
    for (int i = 0; i < da.length; i++) {
      System.arraycopy(da[i], 0, dp, i * w, w);
    }
  }

  /** Adds to the derivatives of a, b, c, d and e, which are rows of da from one on, and of x. */
  private static void formBackprop(
      double[] x,
      int start,
      int w,
      double[] a,
      double[] b,
      double[] c,
      double[] d,
      double[] g,
      double[][] da,
      int first,
      double[] s,
      double[] inner,
      double[] dx) {
    sigmoid(x, start, w, b, c, s);
    for (int j = 0; j < w; j++) {
      inner[j] = g[j] * a[j] * s[j] * (1 - s[j]);
    }
    addProducts(g, 0, s, 0, w, da[first]);
    addProducts(inner, 0, x, start, w, da[first + 1]);
    add(inner, w, da[first + 2]);
    addProducts(g, 0, x, start, w, da[first + 3]);
    add(g, w, da[first + 4]);
    addProducts(inner, 0, b, 0, w, dx);
    addProducts(g, 0, d, 0, w, dx);
  }

  private static void addProducts(double[] a, int ai, double[] b, int bi, int w, double[] to) {
    for (int j = 0; j < w; j++) {
      to[j] += a[ai + j] * b[bi + j];
    }
  }

  private static void add(double[] a, int w, double[] to) {
    for (int j = 0; j < w; j++) {
      to[j] += a[j];
    }
  }

  /** a1 + a2 z + a3 u + a4 z u + b sigmoid(c1 + c2 z + c3 u + c4 z u), in this order. */
  static void mixed(double[] z, double[] u, double[] p, int n, int w, double[] estimate) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < w; j++) {
        int at = i * w + j;
        estimate[at] =
            linear(p, 0, w, j, z[at], u[at])
                + p[4 * w + j] * Sigmoid.of(linear(p, 5, w, j, z[at], u[at]));
      }
    }
  }

  static void mixedBackprop(
      double[] z, double[] u, double[] p, double[] g, int n, int w, double[] dp) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < w; j++) {
        int at = i * w + j;
        double s = Sigmoid.of(linear(p, 5, w, j, z[at], u[at]));
        double d = g[at] * p[4 * w + j] * s * (1 - s);
        dp[4 * w + j] += g[at] * s;
        addLinear(dp, 0, w, j, z[at], u[at], g[at]);
        addLinear(dp, 5, w, j, z[at], u[at], d);
        double dz =
            g[at] * (p[w + j] + p[3 * w + j] * u[at]) + d * (p[6 * w + j] + p[8 * w + j] * u[at]);
        u[at] =
            g[at] * (p[2 * w + j] + p[3 * w + j] * z[at])
                + d * (p[7 * w + j] + p[8 * w + j] * z[at]);
        z[at] = dz;
      }
    }
  }

  private static double linear(double[] p, int first, int w, int j, double z, double u) {
    int at = first * w + j;
    return p[at] + p[at + w] * z + p[at + 2 * w] * u + p[at + 3 * w] * z * u;
  }

  private static void addLinear(
      double[] dp, int first, int w, int j, double z, double u, double d) {
    int at = first * w + j;
    dp[at] += d;
    dp[at + w] += d * z;
    dp[at + 2 * w] += d * u;
    dp[at + 3 * w] += d * z * u;
  }
}
