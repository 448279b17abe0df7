package io.github.dae4j.stacked.finetuning;

import io.github.dae4j.layer.DenoisingAutoEncoder;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * What layers have while a fine-tuning runs, and then their own again: the denoising weight of
 * layer 0, and dropout.
 */
final class TemporarySettings implements AutoCloseable {

  private final List<Runnable> undo = new ArrayList<>();

  private TemporarySettings() {}

  /** Begins with a tuner's settings; nothing is changed where they are null, or do not suit. */
  static TemporarySettings begin(MultiLayerNetwork network, FineTuner tuner) {
    TemporarySettings settings = new TemporarySettings();
    boolean complete = false;
    try {
      if (tuner.denoisingWeight() != null) {
        settings.setDenoisingWeight(network, tuner.denoisingWeight());
      }
      if (tuner.inputDropout() != null) {
        settings.setDropout(network, tuner.inputDropout(), tuner.hiddenDropout());
      }
      complete = true;
      return settings;
    } finally {
      if (!complete) {
        settings.close();
      }
    }
  }

  /** Only of layer 0: its input is the data, so that its gradient is that of both losses' sum. */
  private void setDenoisingWeight(MultiLayerNetwork network, double weight) {
    Layer bottom = network.getLayer(0).conf().getLayer();
    if (!(bottom instanceof DenoisingAutoEncoder denoising)) {
      throw new IllegalArgumentException(
          "FineTuner denoisingWeight needs a DenoisingAutoEncoder as layer 0, got a "
              + bottom.getClass().getSimpleName());
    }
    double own = denoising.getDenoisingWeight();
    undo.add(() -> denoising.setDenoisingWeight(own));
    denoising.setDenoisingWeight(weight);
  }

  private void setDropout(MultiLayerNetwork network, double input, double hidden) {
    for (int i = 0; i < network.getnLayers(); i++) {
      if (network.getLayer(i).conf().getLayer() instanceof BaseLayer layer) {
        double probability = i == 0 ? input : hidden;
        requireNoJointLoss(layer, i, probability);
        IDropout own = layer.getIDropout();
        undo.add(() -> layer.setIDropout(own));
        layer.setIDropout(probability == 0 ? null : new Dropout(1 - probability));
      }
    }
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

  @Override
  public void close() {
    undo.forEach(Runnable::run);
  }
}
