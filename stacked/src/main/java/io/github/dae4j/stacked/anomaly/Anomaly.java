package io.github.dae4j.stacked.anomaly;

import java.util.List;

/**
 * A row whose score is above the threshold.
 *
 * @param row its index in x
 * @param score the row's
 * @param features those with the highest scaled errors, the highest first
 */
public record Anomaly(int row, double score, List<Feature> features) {

  /**
   * What one feature has to do with it.
   *
   * @param index the feature's column in x
   * @param error in the loss's units
   * @param scaledError how many usual spreads the error lies above the feature's median
   */
  public record Feature(int index, double error, double scaledError) {}

  public Anomaly {
    features = List.copyOf(features);
  }
}
