package io.github.dae4j.corruption;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

/**
 * A corruption of rows of {@link #FEATURES}, for the tests that every implementation passes.
 *
 * @param rate the probability that a cell is touched
 * @param wrongWidth what the error about rows of another width says; null if any width will do
 */
record CorruptionCase(String name, Corruption corruption, double rate, String wrongWidth) {

  static final int FEATURES = 12;
  static final ColumnGroups GROUPS = ColumnGroups.ofWidths(1, 3, 2, 1, 1, 4);
  private static final String GROUPED = "has 12 grouped columns but the input has 7 features";
  private static final double[] RAMP = {0, .1, .2, .3, .4, .5, .5, .6, .7, .8, .9, 1};

  static Stream<CorruptionCase> all() {
    return Stream.of(
        anyWidth("none", new NoCorruption(), 0),
        anyWidth("masking", new MaskingCorruption(0.3), 0.3),
        anyWidth("masking with one fill", new MaskingCorruption(0.3, -2.5), 0.3),
        of(
            "masking with a fill for each column",
            new MaskingCorruption(0.3, RAMP),
            0.3,
            "MaskingCorruption has 12 fill values but the input has 7 features"),
        anyWidth("exact masking", new ExactMaskingCorruption(0.5), 0.5),
        of(
            "exact masking with a fill for each column",
            new ExactMaskingCorruption(0.25, RAMP),
            0.25,
            "ExactMaskingCorruption has 12 fill values but the input has 7 features"),
        anyWidth("salt and pepper", new SaltAndPepperCorruption(0.4), 0.4),
        anyWidth("salt and pepper in [-1, 3]", new SaltAndPepperCorruption(0.4, -1, 3), 0.4),
        anyWidth("gaussian", new GaussianCorruption(0.3), 1),
        anyWidth("swap", new SwapCorruption(0.3), 0.3),
        of("swap in groups", new SwapCorruption(0.3, GROUPS), 0.3, "SwapCorruption " + GROUPED),
        perColumn("per column", new PerColumnCorruption(RAMP), 0.5),
        perColumn(
            "per column, masking half of the drawn cells",
            new PerColumnCorruption(new MaskingCorruption(0.5), RAMP),
            0.25),
        perColumn(
            "per column, swap in groups",
            new PerColumnCorruption(
                boxed(0.6, .3, .3, .3, .2, .2, 0, 1, .3, .3, .3, .3),
                GROUPS,
                new SwapCorruption(1, GROUPS)),
            (0.6 + 3 * 0.3 + 2 * 0.2 + 1 + 4 * 0.3) / 12),
        anyWidth(
            "composed",
            new ComposedCorruption(new MaskingCorruption(0.2), new SwapCorruption(0.5)),
            0.6),
        anyWidth(
            "scheduled",
            new ScheduledCorruption(
                new MaskingCorruption(0), new StepSchedule(ScheduleType.EPOCH, 0.4, 0.5, 1)),
            0.2),
        anyWidth("a user's own", new NegatingCorruption(0.3), 0.3));
  }

  static List<Double> boxed(double... values) {
    return Arrays.stream(values).boxed().toList();
  }

  private static CorruptionCase anyWidth(String name, Corruption corruption, double rate) {
    return of(name, corruption, rate, null);
  }

  private static CorruptionCase perColumn(String name, Corruption corruption, double rate) {
    return of(
        name, corruption, rate, "PerColumnCorruption has 12 levels but the input has 7 features");
  }

  private static CorruptionCase of(String name, Corruption c, double rate, String wrongWidth) {
    return new CorruptionCase(name, c, rate, wrongWidth);
  }

  /** In the second epoch, which only a schedule can tell from the first. */
  Corrupted corrupt(INDArray clean, long seed) {
    return corruption.corrupt(clean, Minibatch.random(seed), 0, 1);
  }

  @Override
  public String toString() {
    return name;
  }
}
