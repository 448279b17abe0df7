package io.github.dae4j.stacked.internal;

import io.github.dae4j.listener.ScoreListener;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.optimize.listeners.CheckpointListener;

/**
 * A network's listeners as its layers call them in pretraining. DL4J hands the layer to them, which
 * {@code CheckpointListener} would write into a file that nothing loads: it gets the network.
 */
public final class LayerListeners {

  private LayerListeners() {}

  /** The same listeners, but for those that save what they are handed. */
  public static List<TrainingListener> of(
      MultiLayerNetwork network, Collection<TrainingListener> listeners) {
    return listeners.stream()
        .map(
            listener ->
                listener instanceof CheckpointListener saver
                    ? new NetworkSaver(network, saver)
                    : listener)
        .toList();
  }

  private static final class NetworkSaver extends BaseTrainingListener
      implements ScoreListener, Serializable {

    private static final long serialVersionUID = 1L;

    private final MultiLayerNetwork network;
    private final CheckpointListener saver;

    NetworkSaver(MultiLayerNetwork network, CheckpointListener saver) {
      this.network = network;
      this.saver = saver;
    }

    @Override
    public void iterationDone(Model layer, int iteration, int epoch) {
      saver.iterationDone(network, iteration, epoch);
    }

    @Override
    public void onEpochStart(Model layer) {
      saver.onEpochStart(network);
    }

    @Override
    public void onEpochEnd(Model layer) {
      saver.onEpochEnd(network);
    }
  }
}
