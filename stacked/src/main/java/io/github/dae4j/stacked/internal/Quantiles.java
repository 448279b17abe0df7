package io.github.dae4j.stacked.internal;

/** Quantiles of what is sorted already. */
public final class Quantiles {

  private Quantiles() {}

  /**
   * A quantile of values in ascending order, as NumPy and R have it by default (Hyndman and Fan
   * 1996, definition 7): between the two nearest values it is interpolated.
   *
   * @param share in [0, 1]
   */
  public static double of(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
