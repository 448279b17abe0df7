package io.github.dae4j.stacked.finetuning;

import io.github.dae4j.layer.DenoisingAutoEncoder;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Gives the layers other dropout while a fine-tuning runs, and then their own back. */
final class FineTuningDropout implements AutoCloseable {

  private final List<Layer> layers = new ArrayList<>();
  private final List<IDropout> own = new ArrayList<>();

  private FineTuningDropout() {}

  /** Begins with probabilities of dropping a layer's input, or changes nothing if they are null. */
  static FineTuningDropout begin(MultiLayerNetwork network, Double input, Double hidden) {
    FineTuningDropout dropout = new FineTuningDropout();
    if (input == null) {
      return dropout;
    }
    for (int i = 0; i < network.getnLayers(); i++) {
      if (network.getLayer(i).conf().getLayer() instanceof BaseLayer layer) {
        requireNoJointLoss(layer, i, i == 0 ? input : hidden);
      }
    }
    for (int i = 0; i < network.getnLayers(); i++) {
      if (network.getLayer(i).conf().getLayer() instanceof BaseLayer layer) {
        dropout.set(layer, i == 0 ? input : hidden);
      }
    }
    return dropout;
  }

  private static void requireNoJointLoss(Layer layer, int index, double probability) {
    if (probability > 0
        && layer instanceof DenoisingAutoEncoder denoising
        && denoising.getDenoisingWeight() > 0) {
      throw new IllegalArgumentException(
          "FineTuner dropout must be 0 for the input of layer %d, whose denoisingWeight is %s: it"
                  .formatted(index, denoising.getDenoisingWeight())
              + " would reconstruct what dropout left, got "
              + probability);
    }
  }

  private void set(Layer layer, double probability) {
    layers.add(layer);
    own.add(layer.getIDropout());
    layer.setIDropout(probability == 0 ? null : new Dropout(1 - probability));
  }

  @Override
  public void close() {
    for (int i = 0; i < layers.size(); i++) {
      layers.get(i).setIDropout(own.get(i));
    }
  }
}
