package io.github.dae4j.stacked.table;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Mean and standard deviation of the cells that a column's training rows have; of a binary column
 * the mean is the share of ones.
 *
 * @param standardDeviation of the population; 0 if all cells are the same, which are 0 then
 */
public record Scale(
    @JsonProperty(required = true) double mean,
    @JsonProperty(required = true) double standardDeviation) {

  private static final int DIGITS = 5; // of a standard deviation, which a float has to spare

  public Scale {
    if (!Double.isFinite(mean)) {
      throw new IllegalArgumentException("Scale mean must be finite, got " + mean);
    }
    if (!(standardDeviation >= 0 && standardDeviation < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Scale standardDeviation must be finite and >= 0, got " + standardDeviation);
    }
  }

  static Scale of(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance =
        Arrays.stream(values).map(value -> (value - mean) * (value - mean)).average().orElseThrow();
    return new Scale(mean, Math.sqrt(variance));
  }

  double standardised(double value) {
    return (value - mean) / (standardDeviation == 0 ? 1 : standardDeviation);
  }

  /** Back again, without the digits that only come from arithmetic. */
  double original(double standardised) {
    double value = mean + standardDeviation * standardised;
    if (standardDeviation == 0 || !Double.isFinite(value)) {
      return value;
    }
    int decimals = DIGITS - (int) Math.floor(Math.log10(standardDeviation));
    return BigDecimal.valueOf(value)
        .setScale(Math.max(0, decimals), RoundingMode.HALF_EVEN)
        .doubleValue();
  }
}
