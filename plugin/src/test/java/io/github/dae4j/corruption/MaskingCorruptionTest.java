package io.github.dae4j.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class MaskingCorruptionTest {

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "HALF", "DOUBLE"})
  void masksEachCellWithTheStatedProbabilityInEveryType(DataType type) {
    INDArray clean = Minibatch.ones(1000, 1000).castTo(type);
    for (double level : new double[] {0.01, 0.5, 0.9}) {
      Corrupted corrupted = new MaskingCorruption(level).corrupt(clean, Minibatch.random(21), 0, 0);
      double rate = corrupted.touched().castTo(DataType.DOUBLE).meanNumber().doubleValue();
      assertThat(rate).isCloseTo(level, within(Minibatch.tolerance(1_000_000)));
      assertThat(corrupted.values().add(corrupted.touched())).isEqualTo(clean);
    }
  }

  @Test
  void masksNoCellAt0AndEveryCellAt1HoweverOftenItDraws() {
    // A draw is 0 once in 2^23: with u <= 0 instead of u < 0, 20 million draws would miss by some.
    INDArray clean = Minibatch.ones(1000, 1000);
    for (int seed = 0; seed < 20; seed++) {
      assertThat(touched(new MaskingCorruption(0), clean, seed)).isZero();
      assertThat(touched(new MaskingCorruption(1), clean, seed)).isEqualTo(1_000_000);
    }
  }

  @Test
  void fillsMaskedCellsWithTheValueOfTheirColumn() {
    INDArray clean = Minibatch.numbered(DataType.DOUBLE, 50, 3);
    Corrupted corrupted =
        new MaskingCorruption(0.5, -1, 0, 7.25).corrupt(clean, Minibatch.random(3), 0, 0);
    double[][] touched = Minibatch.doubles(corrupted.touched());
    double[][] values = Minibatch.doubles(corrupted.values());
    double[] fill = {-1, 0, 7.25};
    for (int row = 0; row < 50; row++) {
      for (int column = 0; column < 3; column++) {
        double cleanValue = 1 + 3 * row + column;
        assertThat(values[row][column])
            .isEqualTo(touched[row][column] == 1 ? fill[column] : cleanValue);
      }
    }
  }

  @Test
  void doesNotSeeWhatBecomesOfTheArrayItWasGiven() {
    double[] means = {1, 2};
    MaskingCorruption corruption = new MaskingCorruption(0.5, means);
    means[0] = 9;
    assertThat(corruption.fill()).containsExactly(1.0, 2.0);
    assertThat(corruption).hasToString("MaskingCorruption[level=0.5, fill=[1.0, 2.0]]");
  }

  @Test
  void withoutAFillFillsWith0() {
    assertThat(new MaskingCorruption(0.3))
        .isEqualTo(new MaskingCorruption(0.3, 0.0))
        .isEqualTo(new MaskingCorruption(0.3, (List<Double>) null));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1.5, -0.1, Double.NaN})
  void refusesALevelThatIsNoProbability(double level) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MaskingCorruption(level))
        .withMessage("MaskingCorruption level must be in [0, 1], got " + level);
  }

  @Test
  void refusesAFillThatIsNoNumber() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MaskingCorruption(0.5, 1, Double.NaN))
        .withMessage("MaskingCorruption fill must be finite, got NaN");
  }

  private static double touched(Corruption corruption, INDArray clean, long seed) {
    Corrupted corrupted = corruption.corrupt(clean, Minibatch.random(seed), 0, 0);
    return corrupted.touched().sumNumber().doubleValue();
  }
}
