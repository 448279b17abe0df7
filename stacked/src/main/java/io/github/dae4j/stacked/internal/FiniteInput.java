package io.github.dae4j.stacked.internal;

import io.github.dae4j.internal.compute.FiniteCells;
import io.github.dae4j.layer.DenoisingAutoEncoder;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * That all numbers of a set are finite, its labels too, before anything is trained on them.
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
    require("the %s set".formatted(set), x, null, missingAllowed, before);
  }

  /**
   * Checks the labels of a minibatch, which are never missing.
   *
   * @param mask cells or rows that do not count are 0, as in DL4J; null if all count
   * @param before the examples of the set before it
   * @throws IllegalArgumentException naming value, row and column
   */
  public void requireLabels(INDArray labels, INDArray mask, int before) {
    require("the labels of the %s set".formatted(set), labels, mask, false, before);
  }

  private static void require(
      String what, INDArray x, INDArray mask, boolean missingAllowed, int before) {
    if (x.rank() == 0 || x.isEmpty() || !x.dataType().isNumerical()) {
      return; // refused for its shape or type
    }
    INDArray rows = x.reshape(x.size(0), x.length() / x.size(0));
    int cell = FiniteCells.first(mask == null ? rows : counted(rows, mask), missingAllowed);
    if (cell >= 0) {
      long row = cell / rows.size(1);
      long column = cell % rows.size(1);
      throw new IllegalArgumentException(
          "%s must be finite numbers, got %s in row %d, column %d"
              .formatted(what, rows.getDouble(row, column), before + row, column));
    }
  }

  /** With 0 in cells that do not count. */
  private static INDArray counted(INDArray rows, INDArray mask) {
    if (FiniteCells.areAll(rows)) {
      return rows;
    }
    boolean ofCells = mask.length() == rows.length();
    INDArray counts = mask.reshape(rows.size(0), mask.length() / rows.size(0));
    INDArray counted = rows.dup();
    for (long row = 0; row < rows.size(0); row++) {
      for (long column = 0; column < rows.size(1); column++) {
        if (counts.getDouble(row, ofCells ? column : 0) == 0) {
          counted.putScalar(row, column, 0);
        }
      }
    }
    return counted;
  }
}
