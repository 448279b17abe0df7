package io.github.dae4j.stacked.anomaly;

/** Quantiles as NumPy and R have them by default (Hyndman and Fan 1996, definition 7). */
final class Quantile {

  private Quantile() {}

  /** Of values in ascending order, between the two nearest of which it is interpolated. */
  static double of(double[] sorted, double quantile) {
    double position = quantile * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
