package io.github.dae4j.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.conditions.Conditions;

class SaltAndPepperCorruptionTest {

  @Test
  void setsHalfOfTheChosenCellsToMinAndHalfToMax() {
    INDArray clean = Minibatch.ones(1000, 1000);
    Corrupted corrupted =
        new SaltAndPepperCorruption(0.3, -2, 3).corrupt(clean, Minibatch.random(2), 0, 0);
    double low = share(corrupted.values(), -2);
    double high = share(corrupted.values(), 3);
    assertThat(low).isCloseTo(0.15, within(Minibatch.tolerance(1_000_000)));
    assertThat(high).isCloseTo(0.15, within(Minibatch.tolerance(1_000_000)));
    assertThat(low + high).isCloseTo(share(corrupted.touched(), 1), within(1e-12));
  }

  @Test
  void goesFrom0To1UnlessToldOtherwise() {
    assertThat(new SaltAndPepperCorruption(0.2)).isEqualTo(new SaltAndPepperCorruption(0.2, 0, 1));
  }

  @Test
  void refusesARangeThatIsNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SaltAndPepperCorruption(0.2, 1, -1))
        .withMessage("SaltAndPepperCorruption min must not exceed max, got 1.0 and -1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SaltAndPepperCorruption(0.2, Double.NaN, 1))
        .withMessage("SaltAndPepperCorruption min must be finite, got NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SaltAndPepperCorruption(0.2, 0, Double.POSITIVE_INFINITY))
        .withMessage("SaltAndPepperCorruption max must be finite, got Infinity");
  }

  private static double share(INDArray x, double value) {
    return x.scan(Conditions.equals(value)).doubleValue() / x.length();
  }
}
