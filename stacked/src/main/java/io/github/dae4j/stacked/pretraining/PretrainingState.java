package io.github.dae4j.stacked.pretraining;

import io.github.dae4j.stacked.internal.NetworkState;
import io.github.dae4j.stacked.internal.RandomState;
import java.util.List;

/**
 * Where a pretraining stands: with it, the same plans and the same data, it goes on as if it had
 * never stopped.
 *
 * @param finished the results of the layers that are done
 * @param current the layer that was being trained, null between two layers and after the last
 * @param network parameters and counts
 * @param random ND4J's generator of the training thread, from which dropout and weight noise come
 */
public record PretrainingState(
    List<LayerResult> finished, LayerState current, NetworkState network, RandomState random) {

  public PretrainingState {
    finished = List.copyOf(finished);
  }
}
