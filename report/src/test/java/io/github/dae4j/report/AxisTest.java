package io.github.dae4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0       | 1        | 4 | 0 | 0.0 0.5 1.0
          1       | 50       | 5 | 1 | 0 10 20 30 40 50
          0       | 1        | 5 | 1 | 0 1
          1       | 2        | 5 | 1 | 1 2
          61.3    | 83.9     | 4 | 0 | 60 70 80 90
          -0.31   | 0.12     | 4 | 0 | -0.4 -0.2 0.0 0.2
          0.0111  | 0.0139   | 4 | 0 | 0.011 0.012 0.013 0.014
          5       | 5        | 4 | 0 | 5.0 5.2
          0       | 0        | 4 | 0 | 0.00 0.05
          0       | 4.9e-324 | 4 | 0 | 0.00 0.05
          -1e12   | 1e12     | 4 | 0 | -1.0e+12 -5.0e+11 0.0e+00 5.0e+11 1.0e+12
          """)
  void ticksAreRoundAndHoldAllValues(
      double low, double high, int steps, double leastStep, String ticks) {
    Axis axis = Axis.over(low, high, steps, leastStep);
    assertThat(axis.ticks().stream().map(axis::label).collect(Collectors.joining(" ")))
        .isEqualTo(ticks);
    assertThat(axis.share(low)).isBetween(0.0, 1.0);
    assertThat(axis.share(high)).isBetween(axis.share(low), 1.0);
  }

  @ParameterizedTest
  @CsvSource({"NaN, false", "Infinity, false", "1.1e12, false", "-1e12, true", "0, true"})
  void thereIsRoomForFiniteValuesThatAreNotHuge(double value, boolean fits) {
    assertThat(Axis.fits(value)).isEqualTo(fits);
  }
}
