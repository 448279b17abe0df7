package io.github.dae4j.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.dae4j.corruption.Minibatch.Layout;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AdjustableCorruptionTest {

  static Stream<AdjustableCorruption> adjustable() {
    return CorruptionCase.all()
        .map(CorruptionCase::corruption)
        .filter(AdjustableCorruption.class::isInstance)
        .map(AdjustableCorruption.class::cast);
  }

  static Stream<AdjustableCorruption> withALevel() {
    return adjustable().filter(corruption -> !(corruption instanceof GaussianCorruption));
  }

  @ParameterizedTest
  @MethodSource("adjustable")
  void at_0_changes_and_touches_nothing(AdjustableCorruption corruption) {
    for (Layout layout : Layout.values()) {
      INDArray clean = layout.of(Minibatch.numbered(DataType.FLOAT, 30, CorruptionCase.FEATURES));
      Corrupted corrupted = corruption.withAmount(0).corrupt(clean, Minibatch.random(4), 0, 0);
      assertThat(corrupted.values()).isEqualTo(clean);
      assertThat(corrupted.touched().sumNumber().doubleValue()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("adjustable")
  void keeps_all_but_the_amount(AdjustableCorruption corruption) {
    AdjustableCorruption adjusted = corruption.withAmount(0.875);
    assertThat(adjusted).isNotEqualTo(corruption).hasSameClassAs(corruption);
    assertThat(adjusted.toString()).contains("=0.875");
    assertThat(adjusted.withAmount(0.25)).isEqualTo(corruption.withAmount(0.25));
  }

  @ParameterizedTest
  @MethodSource("withALevel")
  void at_1_touches_as_many_cells_as_there_are(AdjustableCorruption corruption) {
    INDArray clean = Minibatch.ones(30, CorruptionCase.FEATURES);
    Corrupted corrupted = corruption.withAmount(1).corrupt(clean, Minibatch.random(4), 0, 0);
    assertThat(corrupted.touched()).isEqualTo(clean);
  }

  @ParameterizedTest
  @MethodSource("withALevel")
  void refuses_a_level_that_is_no_probability(AdjustableCorruption corruption) {
    for (double level : new double[] {-0.1, 1.5, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> corruption.withAmount(level))
          .withMessage(
              corruption.getClass().getSimpleName() + " level must be in [0, 1], got " + level);
    }
  }

  @Test
  void refuses_a_standard_deviation_that_is_none() {
    for (double amount : new double[] {-0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new GaussianCorruption(amount))
          .withMessage(
              "GaussianCorruption standardDeviation must be finite and not negative, got "
                  + amount);
    }
  }
}
