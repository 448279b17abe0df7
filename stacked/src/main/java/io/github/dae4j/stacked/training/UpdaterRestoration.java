package io.github.dae4j.stacked.training;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Gives a layer's updater a state in the layer's first step, between gradient and update: DL4J
 * makes the solver there, and nobody but a listener can reach it before it is used.
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

  /** Waits for the first step, in which nothing else of the layer changes. */
  static UpdaterRestoration of(INDArray state, Layer layer) {
    UpdaterRestoration restoration = new UpdaterRestoration(state, layer);
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
