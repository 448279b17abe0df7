package io.github.dae4j.stacked.pretraining;

import io.github.dae4j.layer.DenoisingAutoEncoder;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * That all numbers of a set are finite, before anything is trained on them.
 *
 * @param set its name in errors
 * @param missingAllowed whether NaN is a missing cell
 */
record FiniteInput(String set, boolean missingAllowed) {

  static FiniteInput of(String set, MultiLayerNetwork network) {
    Layer bottom = network.getLayer(0).conf().getLayer();
    Layer layer = bottom instanceof FrozenLayer frozen ? frozen.getLayer() : bottom;
    return new FiniteInput(
        set, layer instanceof DenoisingAutoEncoder denoising && denoising.isMissingAllowed());
  }

  /**
   * Checks a minibatch.
   *
   * @param before the examples of the set before it
   * @throws IllegalArgumentException naming value, row and column
   */
  void require(INDArray x, int before) {
    // A sum is not finite if a number is not; it may also be too large, and then all are looked at.
    if (!x.dataType().isFPType() || Double.isFinite(x.sumNumber().doubleValue())) {
      return;
    }
    INDArray rows = x.reshape(x.size(0), x.length() / x.size(0));
    for (long row = 0; row < rows.size(0); row++) {
      for (long column = 0; column < rows.size(1); column++) {
        double value = rows.getDouble(row, column);
        if (Double.isInfinite(value) || Double.isNaN(value) && !missingAllowed) {
          throw new IllegalArgumentException(
              "the %s set must be finite numbers, got %s in row %d, column %d"
                  .formatted(set, value, before + row, column));
        }
      }
    }
  }
}
