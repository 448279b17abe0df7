package io.github.dae4j.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.dae4j.corruption.Minibatch.Layout;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

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
  void at0ChangesAndTouchesNothing(AdjustableCorruption corruption) {
    for (Layout layout : Layout.values()) {
      INDArray clean = layout.of(Minibatch.numbered(DataType.FLOAT, 30, CorruptionCase.FEATURES));
      Corrupted corrupted = corruption.withAmount(0).corrupt(clean, Minibatch.random(4), 0, 0);
      assertThat(corrupted.values()).isEqualTo(clean);
      assertThat(corrupted.touched().sumNumber().doubleValue()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("adjustable")
  void keepsAllButTheAmount(AdjustableCorruption corruption) {
    AdjustableCorruption adjusted = corruption.withAmount(0.875);
    assertThat(adjusted).isNotEqualTo(corruption).hasSameClassAs(corruption);
    assertThat(adjusted.toString()).contains("=0.875");
    assertThat(adjusted.withAmount(0.25)).isEqualTo(corruption.withAmount(0.25));
  }

  @ParameterizedTest
  @MethodSource("withALevel")
  void at1TouchesAsManyCellsAsThereAre(AdjustableCorruption corruption) {
    INDArray clean = Minibatch.ones(30, CorruptionCase.FEATURES);
    Corrupted corrupted = corruption.withAmount(1).corrupt(clean, Minibatch.random(4), 0, 0);
    assertThat(corrupted.touched()).isEqualTo(clean);
  }

  @ParameterizedTest
  @MethodSource("withALevel")
  void refusesALevelThatIsNoProbability(AdjustableCorruption corruption) {
    for (double level : new double[] {-0.1, 1.5, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> corruption.withAmount(level))
          .withMessage(
              corruption.getClass().getSimpleName() + " level must be in [0, 1], got " + level);
    }
  }

  @Test
  void refusesAStandardDeviationThatIsNone() {
    for (double amount : new double[] {-0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new GaussianCorruption(amount))
          .withMessage(
              "GaussianCorruption standardDeviation must be finite and not negative, got "
                  + amount);
    }
  }
}
