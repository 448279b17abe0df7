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

  private static final double NOISE = 1e-13;
  static final double MOST = 1000; // standard deviations: the square is no overflow
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
    double first = values[0]; // the mean of values that are all the same is that value
    double mean = first + Arrays.stream(values).map(v -> v - first).average().orElseThrow();
    double farthest = Arrays.stream(values).map(v -> Math.abs(v - mean)).max().orElseThrow();
    int small = Math.min(0, Math.getExponent(farthest)); // squares of tiny numbers would be 0
    double variance =
        Arrays.stream(values)
            .map(v -> Math.scalb(v - mean, -small))
            .map(v -> v * v)
            .average()
            .orElseThrow();
    double largest = Arrays.stream(values).map(Math::abs).max().orElseThrow();
    return new Scale(mean, withoutNoise(Math.scalb(Math.sqrt(variance), small), largest));
  }

  /** Rounding alone is no spread: 0.1 added up ten times and 1. */
  private static double withoutNoise(double standardDeviation, double largest) {
    return standardDeviation > NOISE * largest ? standardDeviation : 0;
  }

  /** At most 1000 standard deviations, so that no later sum of squares overflows. */
  double standardised(double value) {
    double standardised = (value - mean) / (standardDeviation == 0 ? 1 : standardDeviation);
    return Math.max(-MOST, Math.min(MOST, standardised));
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
