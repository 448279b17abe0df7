package io.github.dae4j.internal.compute;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Looks for cells that are no finite numbers: the one place that says which those are. Whoever asks
 * names the place in a message, as only he knows of which rows the array is a part.
 */
public final class FiniteCells {

  private FiniteCells() {}

  /**
   * The first cell that is infinite, or NaN unless that is a missing cell, counted in 'c' order; -1
   * if there is none. Whole numbers have none.
   */
  public static int first(INDArray x, boolean missingAllowed) {
    if (areAll(x)) {
      return -1;
    }
    double[] cells = values(x);
    for (int cell = 0; cell < cells.length; cell++) {
      if (!Double.isFinite(cells[cell]) && !(missingAllowed && Double.isNaN(cells[cell]))) {
        return cell;
      }
    }
    return -1;
  }

  /** Whether a look over the rows finds finite numbers only; false if cells must be looked at. */
  public static boolean areAll(INDArray x) {
    return !x.dataType().isFPType()
        || HostMemory.holdsRows(x) && x.rank() == 2 && FusedKernels.areFinite(x);
  }

  /** All cells in 'c' order. */
  public static double[] values(INDArray x) {
    if (!HostMemory.holdsRows(x)) {
      return x.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    }
    double[] values = new double[(int) x.length()];
    float[] cells = ReusedArrays.floats(0, values.length);
    new HostBuffer(x).read(0, cells, values.length);
    for (int i = 0; i < values.length; i++) {
      values[i] = cells[i];
    }
    return values;
  }
}
