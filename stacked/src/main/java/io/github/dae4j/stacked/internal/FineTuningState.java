package io.github.dae4j.stacked.internal;

import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where a fine-tuning stands: with it and the same minibatches, it goes on as if it had never
 * stopped.
 *
 * @param <R> the result of a fine-tuning
 * @param result that of the finished epochs and of all minibatches so far, which nothing has ended
 * @param patienceLimit the minibatch at which patience ends, as validations have moved it
 * @param weights the arrays
 * @param random ND4J's generator of the training thread, from which dropout and corruption come
 * @param position the place in an epoch, null between two
 */
public record FineTuningState<R>(
    R result, double patienceLimit, Weights weights, RandomState random, Position position) {

  /**
   * The arrays of a state, which are copies.
   *
   * @param network parameters and counts
   * @param updater the updater's state, null if it keeps none
   * @param best the parameters at the best validation, or those at the beginning before the first
   */
  public record Weights(NetworkState network, INDArray updater, INDArray best) {}

  /**
   * A place between two minibatches.
   *
   * @param minibatches done in this epoch
   * @param examples in them
   * @param lossSum of these
   * @param costSums of the parts of the loss, empty if it is one
   * @param validationScore the last one in this epoch, NaN if there was none
   * @param seconds of this epoch so far
   */
  public record Position(
      int minibatches,
      long examples,
      double lossSum,
      List<Double> costSums,
      double validationScore,
      double seconds) {

    /** The beginning of an epoch. */
    public static final Position START = new Position(0, 0, 0, List.of(), Double.NaN, 0);

    /** After one more minibatch. */
    public Position after(double loss, List<Double> costs, int examples) {
      return new Position(
          minibatches + 1,
          this.examples + examples,
          lossSum + loss * examples,
          IntStream.range(0, costs.size())
              .mapToObj(i -> costs.get(i) * examples + (minibatches == 0 ? 0 : costSums.get(i)))
              .toList(),
          validationScore,
          seconds);
    }

    /** After a validation. */
    public Position validated(double score) {
      return new Position(minibatches, examples, lossSum, costSums, score, seconds);
    }

    /** At so many seconds of the epoch. */
    public Position at(double seconds) {
      return new Position(minibatches, examples, lossSum, costSums, validationScore, seconds);
    }
  }
}
