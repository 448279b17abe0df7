package io.github.dae4j.stacked.finetuning;

import io.github.dae4j.stacked.finetuning.FineTuningResult.Best;
import io.github.dae4j.stacked.finetuning.FineTuningResult.Epoch;
import io.github.dae4j.stacked.internal.NetworkState;
import io.github.dae4j.stacked.internal.RandomState;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where a fine-tuning stands: with it and the same minibatches, it goes on as if it had never
 * stopped.
 *
 * @param epochs what the finished epochs did
 * @param iterations minibatches so far
 * @param patienceLimit the minibatch at which patience ends, as validations have moved it
 * @param best where the validation score was least
 * @param weights the arrays
 * @param random ND4J's generator of the training thread, from which dropout and corruption come
 * @param position the place in an epoch, null between two
 */
public record FineTuningState(
    List<Epoch> epochs,
    long iterations,
    double patienceLimit,
    Best best,
    Weights weights,
    RandomState random,
    Position position) {

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
   * @param validationScore the last one in this epoch, NaN if there was none
   * @param seconds of this epoch so far
   */
  public record Position(
      int minibatches, long examples, double lossSum, double validationScore, double seconds) {

    static final Position START = new Position(0, 0, 0, Double.NaN, 0);

    Position after(double loss, int examples) {
      return new Position(
          minibatches + 1,
          this.examples + examples,
          lossSum + loss * examples,
          validationScore,
          seconds);
    }

    Position validated(double score) {
      return new Position(minibatches, examples, lossSum, score, seconds);
    }

    Position at(double seconds) {
      return new Position(minibatches, examples, lossSum, validationScore, seconds);
    }
  }

  public FineTuningState {
    epochs = List.copyOf(epochs);
  }
}
