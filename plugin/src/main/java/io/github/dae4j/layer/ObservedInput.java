package io.github.dae4j.layer;

import io.github.dae4j.internal.compute.FiniteCells;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.BooleanIndexing;
import org.nd4j.linalg.indexing.conditions.Conditions;

/**
 * What there is of an input whose missing cells are NaN.
 *
 * @param values the input, with 0 in missing cells
 * @param cells 1 where the input is there and 0 where it is missing, in shape and type of {@code
 *     values}; null if nothing is missing
 */
record ObservedInput(INDArray values, INDArray cells) {

  static ObservedInput of(INDArray x) {
    if (FiniteCells.areAll(x)) {
      return new ObservedInput(x, null);
    }
    INDArray missing = x.isNaN().castTo(x.dataType());
    if (missing.maxNumber().doubleValue() == 0) {
      return new ObservedInput(x, null);
    }
    INDArray values = x.dup();
    BooleanIndexing.replaceWhere(values, 0, Conditions.isNan());
    return new ObservedInput(values, missing.rsubi(1));
  }

  /**
   * The mask of a loss: observed cells alone, as far as {@code mask} has them.
   *
   * @param mask null, [minibatch, 1] or [minibatch, nIn]
   */
  static INDArray mask(INDArray cells, INDArray mask) {
    if (cells == null || mask == null) {
      return cells == null ? mask : cells;
    }
    INDArray typed = mask.castTo(cells.dataType());
    return typed.isColumnVectorOrScalar() ? cells.mulColumnVector(typed) : cells.mul(typed);
  }
}
