package io.github.dae4j.stacked.finetuning;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Freezes the lower layers of a network in DL4J's wrapper, and gives the network its own back. */
final class FrozenLayers {

  private final MultiLayerNetwork network;
  private final Layer[] own;

  FrozenLayers(MultiLayerNetwork network) {
    this.network = network;
    own = network.getLayers().clone();
    if (network.getGradientsViewArray() == null) {
      network.initGradientsView(); // now, for a frozen layer would not take its part
    }
  }

  /** Freezes the layers below one, and no other; the network needs a new updater then. */
  void freezeBelow(int firstTrained) {
    Layer[] layers = network.getLayers();
    for (int i = 0; i < layers.length; i++) {
      boolean freeze = i < firstTrained && !(own[i] instanceof FrozenLayer);
      layers[i] = freeze ? new FrozenLayer(own[i]) : own[i];
    }
    // Nobody writes a frozen layer's gradient, but the step subtracts the whole flat gradient.
    network.getGradientsViewArray().assign(0);
  }

  void thaw() {
    freezeBelow(0);
  }
}
