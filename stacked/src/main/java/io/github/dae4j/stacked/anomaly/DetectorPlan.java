package io.github.dae4j.stacked.anomaly;

import io.github.dae4j.stacked.internal.Quantiles;

/**
 * How an {@link AnomalyDetector} is fitted.
 *
 * @param quantile in [0, 1]: the threshold is this quantile of the training rows' scores
 * @param leastSpread at least 0: a feature whose errors spread less than this multiple of the mean
 *     spread of all features counts as spreading that much; 0 takes every spread as it is
 */
public record DetectorPlan(double quantile, double leastSpread) {

  /**
   * No feature counts as steadier than the mean. In pictures most pixels lie outside of almost
   * every figure: without that a trace of ink there would outweigh a figure that is wrong.
   */
  public static final double DEFAULT_LEAST_SPREAD = 1;

  private static final double MOST_CONTAMINATION = 0.5; // of which medians know nothing any more

  public DetectorPlan {
    if (!(quantile >= 0 && quantile <= 1)) {
      throw new IllegalArgumentException(
          "DetectorPlan quantile must be in [0, 1], got " + quantile);
    }
    if (!(leastSpread >= 0 && leastSpread < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "DetectorPlan leastSpread must be >= 0 and finite, got " + leastSpread);
    }
  }

  /** The threshold is a quantile of the training rows' scores: of 0.99, 1 % of them lie above. */
  public static DetectorPlan ofQuantile(double quantile) {
    return new DetectorPlan(quantile, DEFAULT_LEAST_SPREAD);
  }

  /**
   * The share of the training rows that are taken for anomalies: of 0.01, the 1 % with the highest
   * scores lie above the threshold.
   *
   * @param contamination in [0, 0.5]
   */
  public static DetectorPlan ofContamination(double contamination) {
    if (!(contamination >= 0 && contamination <= MOST_CONTAMINATION)) {
      throw new IllegalArgumentException(
          "DetectorPlan contamination must be in [0, 0.5], got " + contamination);
    }
    return ofQuantile(1 - contamination);
  }

  /**
   * The quantile of scores.
   *
   * @param sorted in ascending order, at least one
   */
  public double threshold(double... sorted) {
    return Quantiles.of(sorted, quantile);
  }

  /** The same with another least spread. */
  public DetectorPlan withLeastSpread(double leastSpread) {
    return new DetectorPlan(quantile, leastSpread);
  }
}
