package io.github.dae4j.stacked.pretraining;

import io.github.dae4j.stacked.internal.NetworkState;
import io.github.dae4j.stacked.internal.RandomState;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where the pretraining of a layer stands, besides its parameters, which are the network's.
 *
 * @param layer its index in the network
 * @param counts its iterations and epochs
 * @param costs of each finished epoch
 * @param errors of the validation set after each, if there is one
 * @param seconds so far
 * @param updater the updater's state, which DL4J keeps nowhere; null if it has none
 * @param best what early stopping remembers, null without it
 * @param position the place in an epoch, null between two
 */
public record LayerState(
    int layer,
    NetworkState.Counts counts,
    List<Double> costs,
    List<Double> errors,
    double seconds,
    INDArray updater,
    Best best,
    Position position) {

  /**
   * What early stopping remembers.
   *
   * @param epoch the one with the lowest error, -1 before the first
   * @param lowest its error
   * @param mark the error that the next must improve on
   * @param waited epochs since an improvement that counted
   * @param weights the layer's in that epoch, null before the first
   */
  public record Best(int epoch, double lowest, double mark, int waited, INDArray weights) {}

  /**
   * A place between two minibatches.
   *
   * @param next examples trained on in this epoch
   * @param scoreSum of these
   * @param corruption the generator of the corruption, null for layers that have none
   * @param before the layer's weights before the epoch, which it gets back if it diverges
   */
  public record Position(int next, double scoreSum, RandomState corruption, INDArray before) {}

  public LayerState {
    costs = List.copyOf(costs);
    errors = List.copyOf(errors);
  }
}
