package io.github.dae4j.cli.study;

import io.github.dae4j.corruption.AdjustableCorruption;
import io.github.dae4j.corruption.ComposedCorruption;
import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.corruption.ExactMaskingCorruption;
import io.github.dae4j.corruption.GaussianCorruption;
import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.corruption.NoCorruption;
import io.github.dae4j.corruption.PerColumnCorruption;
import io.github.dae4j.corruption.SaltAndPepperCorruption;
import io.github.dae4j.corruption.ScheduledCorruption;
import io.github.dae4j.corruption.SwapCorruption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** Every corruption of this project, at amounts that show what it does to images. */
public final class CorruptionSamples {

  /**
   * One amount.
   *
   * @param caption such as "level 0.3"
   * @param epoch at which it corrupts, for schedules
   */
  public record Amount(String caption, Corruption corruption, int epoch) {}

  /**
   * One corruption.
   *
   * @param what it does to a pixel, in a few words
   */
  public record Sample(String name, String what, List<Amount> amounts) {}

  /** Of standard deviations too. */
  private static final double[] LEVELS = {0.1, 0.3, 0.6};

  private static final double[] LAST_LEVELS = {0.3, 0.6, 1};
  private static final int EPOCHS = 5; // from one level of a schedule to the next

  private CorruptionSamples() {}

  /** The nine, for images of {@code width} columns and as many rows. */
  public static List<Sample> forSquares(int width) {
    return List.of(
        new Sample(
            "NoCorruption", "changes nothing", List.of(new Amount("clean", new NoCorruption(), 0))),
        atLevels("MaskingCorruption", "0 with probability level", new MaskingCorruption(0)),
        atLevels(
            "ExactMaskingCorruption",
            "sets a fixed share of each image to 0",
            new ExactMaskingCorruption(0)),
        atLevels(
            "SaltAndPepperCorruption",
            "sets a pixel to 0 or 1 with probability level",
            new SaltAndPepperCorruption(0)),
        new Sample(
            "GaussianCorruption",
            "adds Gaussian noise",
            amounts("standard deviation", new GaussianCorruption(0), LEVELS)),
        atLevels("SwapCorruption", "takes the same pixel of another image", new SwapCorruption(0)),
        new Sample(
            "PerColumnCorruption",
            "a level per pixel, here rising from left to right",
            Arrays.stream(LAST_LEVELS).mapToObj(level -> fromLeftToRight(level, width)).toList()),
        new Sample(
            "ComposedCorruption",
            "one after the other, here swap, then noise",
            Arrays.stream(LEVELS).mapToObj(CorruptionSamples::composed).toList()),
        new Sample(
            "ScheduledCorruption",
            "a level that changes over epochs, here of masking",
            IntStream.range(0, LEVELS.length).mapToObj(CorruptionSamples::scheduled).toList()));
  }

  private static Sample atLevels(String name, String what, AdjustableCorruption corruption) {
    return new Sample(name, what, amounts("level", corruption, LEVELS));
  }

  private static List<Amount> amounts(
      String name, AdjustableCorruption corruption, double... amounts) {
    return Arrays.stream(amounts)
        .mapToObj(amount -> new Amount(name + " " + amount, corruption.withAmount(amount), 0))
        .toList();
  }

  private static Amount fromLeftToRight(double last, int width) {
    double[] levels =
        IntStream.range(0, width * width)
            .mapToDouble(pixel -> last * (pixel % width) / (width - 1))
            .toArray();
    return new Amount("level 0 to " + last, new PerColumnCorruption(levels), 0);
  }

  private static Amount composed(double level) {
    return new Amount(
        "level " + level,
        new ComposedCorruption(new SwapCorruption(level), new GaussianCorruption(0.2)),
        0);
  }

  private static Amount scheduled(int step) {
    MapSchedule.Builder schedule = new MapSchedule.Builder(ScheduleType.EPOCH);
    for (int i = 0; i < LEVELS.length; i++) {
      schedule.add(i * EPOCHS, LEVELS[i]);
    }
    int epoch = step * EPOCHS;
    return new Amount(
        "epoch %d: level %s".formatted(epoch, LEVELS[step]),
        new ScheduledCorruption(new MaskingCorruption(0), schedule.build()),
        epoch);
  }
}
