package io.github.dae4j.stacked.pretraining;

import io.github.dae4j.layer.DenoisingAutoEncoderLayer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Gives a layer's updater a state: ours at once, one of DL4J's own in its first step, between
 * gradient and update, for it makes its solver there and nobody but a listener can reach that.
 */
final class UpdaterRestoration extends BaseTrainingListener {

  private final INDArray state;
  private final Layer layer;
  private final Collection<TrainingListener> own;
  private boolean done;

  private UpdaterRestoration(INDArray state, Layer layer) {
    this.state = state;
    this.layer = layer;
    own = layer.getListeners();
  }

  /** For a layer that has memory for its gradients; nothing else of it changes. */
  static UpdaterRestoration of(INDArray state, Layer layer) {
    UpdaterRestoration restoration = new UpdaterRestoration(state, layer);
    if (layer instanceof DenoisingAutoEncoderLayer ours) {
      ours.getOptimizer().getUpdater().getStateViewArray().assign(state);
      return restoration;
    }
    List<TrainingListener> all = new ArrayList<>(restoration.own);
    all.add(restoration);
    layer.setListeners(all);
    return restoration;
  }

  @Override
  public void onGradientCalculation(Model model) {
    if (!done) { // a solver of DL4J's own layers keeps its listeners
      model.getOptimizer().getUpdater().getStateViewArray().assign(state);
      done = true;
    }
  }

  /** After the first step: the layer has its own listeners again. */
  void leave() {
    layer.setListeners(own);
  }
}
