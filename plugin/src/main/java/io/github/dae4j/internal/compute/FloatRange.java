package io.github.dae4j.internal.compute;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;

/** Settings are doubles; those that FLOAT would make infinite or 0 would train at other values. */
public final class FloatRange {

  private FloatRange() {}

  /**
   * A finite number that FLOAT can hold.
   *
   * @param parameter its owner and name, as the message has them
   */
  public static void require(String parameter, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(parameter + " must be finite, got " + value);
    }
    float held = (float) value;
    if (Float.isInfinite(held) || held == 0 && value != 0) {
      throw new IllegalArgumentException(
          "%s must be a number that FLOAT can hold, got %s, which is %s there"
              .formatted(parameter, value, held));
    }
  }

  /**
   * The learning rate that an updater begins with.
   *
   * @param owner of the updater, for the message
   * @param updater null for none
   * @param type that computes; DOUBLE holds every rate
   */
  public static void requireRate(String owner, IUpdater updater, DataType type) {
    if (updater == null || !updater.hasLearningRate()) {
      return;
    }
    double rate = updater.getLearningRate(0, 0);
    if (type != DataType.DOUBLE || !Double.isFinite(rate)) {
      require("%s learning rate of %s".formatted(owner, updater.getClass().getSimpleName()), rate);
    }
  }
}
