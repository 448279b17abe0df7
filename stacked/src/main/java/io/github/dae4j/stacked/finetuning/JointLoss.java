package io.github.dae4j.stacked.finetuning;

import io.github.dae4j.layer.DenoisingAutoEncoder;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * Gives layer 0 another denoising weight while a fine-tuning runs. Only layer 0: its input is the
 * data, so that its gradient is that of the sum of both losses.
 */
final class JointLoss implements AutoCloseable {

  private final DenoisingAutoEncoder layer;
  private final double own;

  private JointLoss(DenoisingAutoEncoder layer) {
    this.layer = layer;
    own = layer == null ? 0 : layer.getDenoisingWeight();
  }

  /** Begins with a weight, or changes nothing if it is null. */
  static JointLoss begin(MultiLayerNetwork network, Double weight) {
    if (weight == null) {
      return new JointLoss(null);
    }
    Layer bottom = network.getLayer(0).conf().getLayer();
    if (bottom instanceof DenoisingAutoEncoder denoising) {
      JointLoss joint = new JointLoss(denoising);
      denoising.setDenoisingWeight(weight);
      return joint;
    }
    throw new IllegalArgumentException(
        "FineTuner denoisingWeight needs a DenoisingAutoEncoder as layer 0, got a "
            + bottom.getClass().getSimpleName());
  }

  @Override
  public void close() {
    if (layer != null) {
      layer.setDenoisingWeight(own);
    }
  }
}
