package io.github.dae4j.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

class ScheduledCorruptionTest {

  private static final Map<Integer, Double> STEPS = Map.of(0, 0.5, 2, 0.25, 4, 0.0, 6, 1.5);

  @Test
  void followsItsScheduleOverIterations() {
    Corruption corruption = scheduled(ScheduleType.ITERATION);
    assertThat(touchedInARow(corruption, 0, 9)).isEqualTo(50);
    assertThat(touchedInARow(corruption, 1, 9)).isEqualTo(50);
    assertThat(touchedInARow(corruption, 2, 9)).isEqualTo(25);
    assertThat(touchedInARow(corruption, 5, 9)).isZero();
  }

  @Test
  void followsItsScheduleOverEpochs() {
    Corruption corruption = scheduled(ScheduleType.EPOCH);
    assertThat(touchedInARow(corruption, 1000, 0)).isEqualTo(50);
    assertThat(touchedInARow(corruption, 2000, 3)).isEqualTo(25);
    assertThat(touchedInARow(corruption, 3000, 4)).isZero();
  }

  @Test
  void namesValueIterationAndEpochWhereTheScheduleLeavesTheRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> touchedInARow(scheduled(ScheduleType.ITERATION), 6, 2))
        .withMessage(
            "ScheduledCorruption schedule gave 1.5 at iteration 6, epoch 2:"
                + " ExactMaskingCorruption level must be in [0, 1], got 1.5");
  }

  @Test
  void needsACorruptionAndASchedule() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ScheduledCorruption(null, new FixedSchedule(0.5)))
        .withMessage("ScheduledCorruption corruption must be given");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ScheduledCorruption(new MaskingCorruption(0), null))
        .withMessage("ScheduledCorruption schedule must be given");
  }

  @Test
  void checksTheWidthAsItsCorruptionDoes() {
    Corruption corruption =
        new ScheduledCorruption(new MaskingCorruption(0, 1, 2), new FixedSchedule(0.5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> corruption.validateFor(3))
        .withMessage("MaskingCorruption has 2 fill values but the input has 3 features");
  }

  private static Corruption scheduled(ScheduleType type) {
    return new ScheduledCorruption(new ExactMaskingCorruption(1), new MapSchedule(type, STEPS));
  }

  private static double touchedInARow(Corruption corruption, int iteration, int epoch) {
    INDArray clean = Minibatch.ones(1, 100);
    Corrupted corrupted = corruption.corrupt(clean, Minibatch.random(1), iteration, epoch);
    return corrupted.touched().sumNumber().doubleValue();
  }
}
