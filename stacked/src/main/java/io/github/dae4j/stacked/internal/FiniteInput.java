package io.github.dae4j.stacked.internal;

import io.github.dae4j.internal.compute.FiniteCells;
import io.github.dae4j.layer.DenoisingAutoEncoder;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * That all numbers of a set are finite, before anything is trained on them.
 *
 * @param set its name in errors
 * @param missingAllowed whether NaN is a missing cell
 */
public record FiniteInput(String set, boolean missingAllowed) {

  /** What the bottom layer of a network allows. */
  public static FiniteInput of(String set, MultiLayerNetwork network) {
    var bottom = network.getLayer(0).conf().getLayer();
    var layer = bottom instanceof FrozenLayer frozen ? frozen.getLayer() : bottom;
    return new FiniteInput(
        set, layer instanceof DenoisingAutoEncoder denoising && denoising.isMissingAllowed());
  }

  /**
   * Checks a minibatch.
   *
   * @param before the examples of the set before it
   * @throws IllegalArgumentException naming value, row and column
   */
  public void require(INDArray x, int before) {
    if (x.rank() == 0 || x.isEmpty() || !x.dataType().isNumerical()) {
      return; // refused for its shape or type
    }
    INDArray rows = x.reshape(x.size(0), x.length() / x.size(0));
    int cell = FiniteCells.first(rows, missingAllowed);
    if (cell >= 0) {
      long row = cell / rows.size(1);
      long column = cell % rows.size(1);
      throw new IllegalArgumentException(
          "the %s set must be finite numbers, got %s in row %d, column %d"
              .formatted(set, rows.getDouble(row, column), before + row, column));
    }
  }
}
