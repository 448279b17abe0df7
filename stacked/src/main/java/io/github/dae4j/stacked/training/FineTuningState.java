package io.github.dae4j.stacked.training;

import io.github.dae4j.stacked.training.FineTuningResult.Best;
import io.github.dae4j.stacked.training.FineTuningResult.Epoch;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where a fine-tuning stands after an epoch: with it, ND4J's random state and a training iterator
 * that continues its order, training goes on as if it had never stopped.
 *
 * @param epochs what the finished epochs did
 * @param iterations minibatches so far
 * @param patienceLimit the minibatch at which patience ends, as validations have moved it
 * @param best where the validation score was least
 * @param weights the arrays
 */
public record FineTuningState(
    List<Epoch> epochs, long iterations, double patienceLimit, Best best, Weights weights) {

  /**
   * The arrays of a state, which are copies.
   *
   * @param parameters the network's, at the end of the epoch
   * @param updater the updater's state, null if it keeps none
   * @param updaterIteration the iteration count that the updater and its schedules see
   * @param best the parameters at the best validation, null if there was none
   */
  public record Weights(
      INDArray parameters, INDArray updater, int updaterIteration, INDArray best) {}

  public FineTuningState {
    epochs = List.copyOf(epochs);
  }
}
