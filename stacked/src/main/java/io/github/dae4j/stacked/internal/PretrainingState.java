package io.github.dae4j.stacked.internal;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where a pretraining stands: with it, the same plans and the same data, it goes on as if it had
 * never stopped.
 *
 * @param <R> the result of a layer
 * @param finished those of the layers that are done
 * @param current the layer that was being trained, null between two layers and after the last
 * @param network parameters and counts
 * @param random ND4J's generator of the training thread, from which dropout and weight noise come
 */
public record PretrainingState<R>(
    List<R> finished, LayerState current, NetworkState network, RandomState random) {

  /**
   * Where the pretraining of a layer stands, besides its parameters, which are the network's.
   *
   * @param layer its index in the network
   * @param counts its iterations and epochs
   * @param losses of each finished epoch
   * @param errors of the validation set after each, if there is one
   * @param seconds so far
   * @param updater the updater's state, which DL4J keeps nowhere; null if it has none
   * @param best what early stopping remembers, null without it
   * @param position the place in an epoch, null between two
   */
  public record LayerState(
      int layer,
      NetworkState.Counts counts,
      List<Double> losses,
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
      losses = List.copyOf(losses);
      errors = List.copyOf(errors);
    }
  }

  public PretrainingState {
    finished = List.copyOf(finished);
  }
}
