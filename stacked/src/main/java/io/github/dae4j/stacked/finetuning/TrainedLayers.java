package io.github.dae4j.stacked.finetuning;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Which layers of a network train, and by which updater, beyond DL4J's setters: {@code
 * setLearningRate} changes no updater's kind, and {@code FineTuneConfiguration} makes another
 * network.
 */
final class TrainedLayers {

  private final MultiLayerNetwork network;
  private final Layer[] own;

  TrainedLayers(MultiLayerNetwork network) {
    this.network = network;
    own = network.getLayers().clone();
  }

  /**
   * Freezes the layers below one in DL4J's wrapper, and no other: the others are the network's own
   * again. The updater starts again.
   */
  void trainFrom(int first) {
    if (network.getGradientsViewArray() == null) {
      network.initGradientsView(); // now, for a frozen layer would not take its part
    }
    Layer[] layers = network.getLayers();
    for (int i = 0; i < layers.length; i++) {
      boolean freeze = i < first && !(own[i] instanceof FrozenLayer);
      layers[i] = freeze ? new FrozenLayer(own[i]) : own[i];
    }
    // Nobody writes a frozen layer's gradient, but the step subtracts the whole flat gradient.
    network.getGradientsViewArray().assign(0);
    restart();
  }

  /** That each layer that can train has an updater to replace. */
  void requireUpdatersReplaceable() {
    for (Layer layer : trainable()) {
      if (!(layer.conf().getLayer() instanceof BaseLayer)) {
        throw new IllegalArgumentException(
            "FineTuner updater cannot replace that of layer %d, a %s"
                .formatted(layer.getIndex(), layer.conf().getLayer().getClass().getSimpleName()));
      }
    }
  }

  /** Gives each layer that can train an updater of its own, for weights and biases. */
  void replaceUpdaters(Supplier<IUpdater> updaters) {
    requireUpdatersReplaceable();
    for (Layer layer : trainable()) {
      BaseLayer configuration = (BaseLayer) layer.conf().getLayer();
      configuration.setIUpdater(updaters.get());
      configuration.setBiasUpdater(null);
    }
  }

  private List<Layer> trainable() {
    return Arrays.stream(network.getLayers())
        .filter(layer -> layer.numParams() > 0 && !(layer instanceof FrozenLayer))
        .toList();
  }

  /** Forgets moments and counts from 0, which Adam's bias correction needs together. */
  private void restart() {
    network.setUpdater(null); // the next step makes one for the layers that then train
    network.setIterationCount(0);
  }

  /** A copy of the updater's state, or null if it keeps none. */
  INDArray updaterState() {
    INDArray state = network.getUpdater().getStateViewArray();
    return state == null ? null : state.dup();
  }

  void setUpdaterState(INDArray state) {
    if (state != null) {
      network.getUpdater().getStateViewArray().assign(state);
    }
  }

  /** The output layer's learning rate of the step that was just done, NaN if it has none. */
  double lastLearningRate() {
    Layer output = network.getLayer(network.getnLayers() - 1);
    if (output.conf().getLayer() instanceof BaseLayer configuration
        && configuration.getIUpdater().hasLearningRate()) {
      int iteration = Math.max(0, network.getIterationCount() - 1);
      return configuration.getIUpdater().getLearningRate(iteration, network.getEpochCount());
    }
    return Double.NaN;
  }
}
