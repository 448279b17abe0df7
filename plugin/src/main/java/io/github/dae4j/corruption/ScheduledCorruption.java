package io.github.dae4j.corruption;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * A corruption whose level or standard deviation follows a schedule over iterations or epochs.
 *
 * @param corruption what is adjusted; its own amount is not used
 * @param schedule the amount at each iteration and epoch; out of range, {@code corrupt} throws
 */
public record ScheduledCorruption(AdjustableCorruption corruption, ISchedule schedule)
    implements Corruption {

  public ScheduledCorruption {
    Requirements.requireGiven(ScheduledCorruption.class, "corruption", corruption);
    Requirements.requireGiven(ScheduledCorruption.class, "schedule", schedule);
  }

  @Override
  public Corrupted corrupt(INDArray clean, Random random, int iteration, int epoch) {
    return at(iteration, epoch).corrupt(clean, random, iteration, epoch);
  }

  @Override
  public CorruptedRows corruptRows(INDArray clean, Random random, int iteration, int epoch) {
    return at(iteration, epoch).corruptRows(clean, random, iteration, epoch);
  }

  @Override
  public void validateFor(long features) {
    corruption.validateFor(features);
  }

  private Corruption at(int iteration, int epoch) {
    double amount = schedule.valueAt(iteration, epoch);
    try {
      return corruption.withAmount(amount);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "ScheduledCorruption schedule gave %s at iteration %d, epoch %d: %s"
              .formatted(amount, iteration, epoch, e.getMessage()),
          e);
    }
  }
}
