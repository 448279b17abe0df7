package io.github.dae4j.stacked.ladder;

import static io.github.dae4j.stacked.ladder.Units.sigmoid;

/**
 * The functions g(z, u) of {@link Ladder.Combinator} over blocks [n, w], whose parameters are p
 * [count, w].
 */
final class Combination {

  private Combination() {}

  /** Row i of the Gaussian form: a1 to a10 of the paper. */
  static void gaussian(double[] z, double[] u, double[] p, int n, int w, double[] estimate) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < w; j++) {
        int at = i * w + j;
        double x = u[at];
        double mean = p[j] * sigmoid(p[w + j] * x + p[2 * w + j]) + p[3 * w + j] * x + p[4 * w + j];
        double trust =
            p[5 * w + j] * sigmoid(p[6 * w + j] * x + p[7 * w + j])
                + p[8 * w + j] * x
                + p[9 * w + j];
        estimate[at] = (z[at] - mean) * trust + mean;
      }
    }
  }

  /** g is dL/d estimate; z and u become their derivatives, dp gets those of the parameters. */
  static void gaussianBackprop(
      double[] z, double[] u, double[] p, double[] g, int n, int w, double[] dp) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < w; j++) {
        int at = i * w + j;
        double x = u[at];
        double s1 = sigmoid(p[w + j] * x + p[2 * w + j]);
        double s2 = sigmoid(p[6 * w + j] * x + p[7 * w + j]);
        double mean = p[j] * s1 + p[3 * w + j] * x + p[4 * w + j];
        double trust = p[5 * w + j] * s2 + p[8 * w + j] * x + p[9 * w + j];
        double dMean = g[at] * (1 - trust);
        double dTrust = g[at] * (z[at] - mean);
        double d1 = dMean * p[j] * s1 * (1 - s1);
        double d2 = dTrust * p[5 * w + j] * s2 * (1 - s2);
        dp[j] += dMean * s1;
        dp[w + j] += d1 * x;
        dp[2 * w + j] += d1;
        dp[3 * w + j] += dMean * x;
        dp[4 * w + j] += dMean;
        dp[5 * w + j] += dTrust * s2;
        dp[6 * w + j] += d2 * x;
        dp[7 * w + j] += d2;
        dp[8 * w + j] += dTrust * x;
        dp[9 * w + j] += dTrust;
        z[at] = g[at] * trust;
        u[at] = d1 * p[w + j] + dMean * p[3 * w + j] + d2 * p[6 * w + j] + dTrust * p[8 * w + j];
      }
    }
  }

  /** a1 + a2 z + a3 u + a4 z u + b sigmoid(c1 + c2 z + c3 u + c4 z u), in this order. */
  static void mixed(double[] z, double[] u, double[] p, int n, int w, double[] estimate) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < w; j++) {
        int at = i * w + j;
        estimate[at] =
            linear(p, 0, w, j, z[at], u[at])
                + p[4 * w + j] * sigmoid(linear(p, 5, w, j, z[at], u[at]));
      }
    }
  }

  static void mixedBackprop(
      double[] z, double[] u, double[] p, double[] g, int n, int w, double[] dp) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < w; j++) {
        int at = i * w + j;
        double s = sigmoid(linear(p, 5, w, j, z[at], u[at]));
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
