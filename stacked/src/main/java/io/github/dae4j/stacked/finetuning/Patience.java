package io.github.dae4j.stacked.finetuning;

import java.io.Serializable;

/**
 * The early-stopping rule of the Deep Learning Tutorials (SdA.py): training goes on for at least so
 * many minibatches, and each clear improvement at minibatch i makes it go on until {@code i x
 * increase}.
 *
 * <p>Minibatches are counted from 0. A validation score is an error or a loss: less is better.
 *
 * @param iterations minibatches to train at least
 * @param increase how many times as many there shall be when the score has improved clearly
 * @param improvement the share by which a score must be lower than the best to count as a clear
 *     improvement, in [0, 1), as in {@link io.github.dae4j.stacked.pretraining.EarlyStopping};
 *     SdA.py's {@code improvement_threshold} is 1 minus this share
 * @param validationFrequency minibatches between two validations; 0 validates after each epoch
 */
public record Patience(
    long iterations, double increase, double improvement, int validationFrequency)
    implements Serializable {

  /** No patience is ever exhausted: a validation after each epoch, and only epochs end it. */
  public static final Patience UNLIMITED = new Patience(Long.MAX_VALUE, 1, 0, 0);

  public Patience {
    require(iterations > 0, "iterations must be > 0", iterations);
    require(
        increase >= 1 && increase < Double.POSITIVE_INFINITY,
        "increase must be in [1, infinity)",
        increase);
    require(improvement >= 0 && improvement < 1, "improvement must be in [0, 1)", improvement);
    require(validationFrequency >= 0, "validationFrequency must be >= 0", validationFrequency);
  }

  /** SdA.py's numbers: 10 epochs, 2, 0.005, and a validation after each epoch. */
  public static Patience ofTutorial(int minibatchesPerEpoch) {
    require(minibatchesPerEpoch > 0, "minibatchesPerEpoch must be > 0", minibatchesPerEpoch);
    long iterations = 10L * minibatchesPerEpoch;
    return new Patience(iterations, 2, 0.005, (int) Math.min(minibatchesPerEpoch, iterations / 2));
  }

  /** Whether the minibatch is one after which SdA.py validates. */
  boolean validatesAfter(long iteration, boolean endOfEpoch) {
    return validationFrequency == 0 ? endOfEpoch : (iteration + 1) % validationFrequency == 0;
  }

  /** The limit, a minibatch, after a validation that found {@code score}. */
  double extended(double limit, long iteration, double score, double bestScore) {
    double clear = bestScore * (bestScore < 0 ? 1 + improvement : 1 - improvement);
    return score < clear ? Math.max(limit, iteration * increase) : limit;
  }

  boolean isExhausted(double limit, long iteration) {
    return limit <= iteration;
  }

  private static void require(boolean holds, String rule, Number value) {
    if (!holds) {
      throw new IllegalArgumentException("Patience " + rule + ", got " + value);
    }
  }
}
