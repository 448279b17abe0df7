package io.github.dae4j.spark;

import java.io.Serializable;
import java.util.stream.IntStream;

/**
 * How workers share an epoch: in each of its rounds every worker trains on one slice of its rows,
 * in minibatches of its own size, and the weights are averaged under block momentum.
 *
 * <p>The rule P b (1 - beta) = B keeps what one machine learns from minibatches of B, at the same
 * learning rate: P workers with minibatches of b add up to P b, and momentum multiplies an average
 * by 1 / (1 - beta) in the end (Chen and Huo 2016).
 *
 * @param workers P, at least 1
 * @param perEpoch rounds of an epoch, at least 1
 * @param minibatch b, at least 1
 * @param momentum beta, in [0, 1)
 */
record Rounds(int workers, int perEpoch, int minibatch, double momentum) implements Serializable {

  /** Below it a worker's steps cost more for each example than they gain. */
  private static final int LEAST_MINIBATCH = 5;

  /** Beyond it averages of few workers swing. */
  private static final double MOST_MOMENTUM = 0.75;

  /** Steps of a round of a long epoch: with fewer its overhead of a tenth of a second counts. */
  private static final int STEPS = 125;

  /** Steps that a round has at least, however short the epoch. */
  private static final int LEAST_STEPS = 10;

  /** Rounds that an epoch of enough steps has at least: with fewer an average is rough. */
  private static final int USUAL_LEAST = 20;

  private static final long MOST_SLICE_BYTES = 64L << 20;
  private static final int USUAL_MOST = 50;

  Rounds {
    if (workers < 1 || perEpoch < 1 || minibatch < 1 || !(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException(
          "Rounds must have workers, rounds and minibatch >= 1 and momentum in [0, 1), got"
              + " %d, %d, %d, %s".formatted(workers, perEpoch, minibatch, momentum));
    }
  }

  /**
   * By the rule.
   *
   * @param batch B, the minibatch of one machine
   * @param rows of the training set
   * @param rowBytes of one row
   * @param perEpoch 0 for as many as are of use
   * @param momentum NaN for the rule's
   */
  static Rounds of(
      int workers, int batch, long rows, long rowBytes, int perEpoch, double momentum) {
    int minibatch =
        Double.isNaN(momentum) ? minibatch(workers, batch) : minibatch(workers, batch, momentum);
    double beta =
        Double.isNaN(momentum) ? Math.max(0, 1 - batch / ((double) workers * minibatch)) : momentum;
    int rounds = perEpoch > 0 ? perEpoch : perEpoch(workers, minibatch, rows, rowBytes);
    return new Rounds(workers, rounds, minibatch, beta);
  }

  private static int minibatch(int workers, int batch) {
    int even = (batch + workers - 1) / workers;
    int small = (int) (batch / (workers * (1 - MOST_MOMENTUM)));
    return Math.max(even, Math.max(1, Math.min(Math.min(LEAST_MINIBATCH, batch), small)));
  }

  private static int minibatch(int workers, int batch, double momentum) {
    return (int) Math.max(1, Math.round(batch / (workers * (1 - momentum))));
  }

  private static int perEpoch(int workers, int minibatch, long rows, long rowBytes) {
    long steps = rows / ((long) workers * minibatch);
    long least = Math.min(Math.max(USUAL_LEAST, workers * 5L / 4), steps / LEAST_STEPS);
    long bySteps = Math.max(least, Math.min(USUAL_MOST, steps / STEPS));
    long byMemory = rows * rowBytes / workers / MOST_SLICE_BYTES;
    return (int) Math.max(1, Math.max(bySteps, byMemory));
  }

  /** How many slices the rows of all workers have. */
  int slices() {
    return workers * perEpoch;
  }

  /**
   * The slices of a round, one of each worker, neighbours among all: Spark mostly deals neighbours
   * out to different executors, so that they need not wait for each other. Each epoch takes its
   * rounds in an order of its own.
   */
  int[] slices(int round, long seed, int stage, int epoch) {
    int from = Seeds.permutation(perEpoch, Seeds.of(seed, stage, epoch))[round] * workers;
    return IntStream.range(from, from + workers).toArray();
  }

  /** The worker to which a slice belongs. */
  int worker(int slice) {
    return slice % workers;
  }
}
