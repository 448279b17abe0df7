package io.github.dae4j.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PerColumnCorruptionTest {

  private static final int ROWS = 20_000;

  @Test
  void masksEachColumnAtItsOwnLevel() {
    double[] levels = {0, 0.1, 0.5, 0.9, 1};
    Corrupted corrupted = corrupt(new PerColumnCorruption(levels), 5);
    double[] rates = corrupted.touched().mean(0).toDoubleVector();
    assertThat(rates).containsExactly(levels, within(Minibatch.tolerance(ROWS)));
    assertThat(rates[0]).isZero();
    assertThat(rates[4]).isEqualTo(1);
    assertThat(corrupted.values()).isEqualTo(corrupted.touched().rsub(1));
  }

  @Test
  void drawsTheColumnsOfAGroupTogether() {
    Corruption corruption =
        new PerColumnCorruption(
            CorruptionCase.boxed(0.5, 0.5, 0.5), new ColumnGroups(List.of(0, 1, 0)), null);
    double[][] touched = Minibatch.doubles(corrupt(corruption, 3).touched());
    int alike = 0;
    for (double[] row : touched) {
      assertThat(row[0]).isEqualTo(row[2]);
      alike += row[0] == row[1] ? 1 : 0;
    }
    assertThat(alike / (double) ROWS).isCloseTo(0.5, within(Minibatch.tolerance(ROWS)));
  }

  @Test
  void refusesLevelsThatAreNoProbabilitiesOrDifferWithinAGroup() {
    ColumnGroups groups = ColumnGroups.ofWidths(1, 2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PerColumnCorruption(0.5, Double.NaN))
        .withMessage("PerColumnCorruption level of column 1 must be in [0, 1], got NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PerColumnCorruption(new double[0]))
        .withMessage("PerColumnCorruption levels must be given");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new PerColumnCorruption(CorruptionCase.boxed(0.1, 0.2, 0.3), groups, null))
        .withMessage(
            "PerColumnCorruption columns of one group must have one level,"
                + " but columns 1 and 2 of group 1 have 0.2 and 0.3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PerColumnCorruption(CorruptionCase.boxed(0.1, 0.2), groups, null))
        .withMessage("PerColumnCorruption has 2 levels but 3 grouped columns");
  }

  @Test
  void asksTheCorruptionWithinForItsWidthToo() {
    Corruption corruption = new PerColumnCorruption(new MaskingCorruption(1, 1, 2, 3), 0.5, 0.5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> corruption.validateFor(2))
        .withMessage("MaskingCorruption has 3 fill values but the input has 2 features");
  }

  private static Corrupted corrupt(Corruption corruption, int features) {
    return corruption.corrupt(Minibatch.ones(ROWS, features), Minibatch.random(13), 0, 0);
  }
}
