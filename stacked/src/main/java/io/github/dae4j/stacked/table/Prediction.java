package io.github.dae4j.stacked.table;

import java.util.Map;

/**
 * What a row's label is likely to be.
 *
 * @param label the likeliest class, or the number, as a cell would say it
 * @param probabilities of all classes, in the order of their names; empty if the label is a number
 */
public record Prediction(String label, Map<String, Double> probabilities) {

  /** The probability of the likeliest class; NaN if the label is a number. */
  public double probability() {
    return probabilities.getOrDefault(label, Double.NaN);
  }
}
