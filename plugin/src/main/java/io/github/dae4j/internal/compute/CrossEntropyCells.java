package io.github.dae4j.internal.compute;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.SoftPlus;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The cross-entropy of each cell, {@code max(a, 0) - a x + log(1 + exp(-|a|))}, in two passes round
 * one operation of ND4J: to the bit what seven of them give, each of which costs more than a row.
 */
public final class CrossEntropyCells {

  private CrossEntropyCells() {}

  /**
   * The cells, in an array of {@link ReusedArrays}.
   *
   * @param a pre-outputs, like x of {@link HostMemory#holdsRows}
   */
  public static INDArray of(INDArray x, INDArray a) {
    INDArray result = ReusedArrays.matrix(a.size(0), a.size(1));
    float[] cells = cells(x, a, result);
    new HostBuffer(result).write(cells, 0, (int) result.length());
    return result;
  }

  /**
   * Their sums over each row [minibatch], in FLOAT from the first cell on: to the bit ND4J's, whose
   * operation creates further arrays.
   */
  public static INDArray sums(INDArray x, INDArray a) {
    float[] cells = cells(x, a, ReusedArrays.matrix(a.size(0), a.size(1)));
    float[] sums = new float[(int) a.size(0)];
    int columns = (int) a.size(1);
    for (int row = 0; row < sums.length; row++) {
      for (int i = 0; i < columns; i++) {
        sums[row] += cells[row * columns + i];
      }
    }
    return HostMemory.of(sums, sums.length);
  }

  /** In an array of {@link ReusedArrays#floats}. */
  private static float[] cells(INDArray x, INDArray a, INDArray scratch) {
    int n = (int) a.length();
    float[] preOutputs = ReusedArrays.floats(0, n);
    new HostBuffer(a).read(0, preOutputs, n);
    float[] cells = ReusedArrays.floats(1, n);
    for (int i = 0; i < n; i++) {
      cells[i] = -Math.abs(preOutputs[i]);
    }
    HostBuffer buffer = new HostBuffer(scratch);
    buffer.write(cells, 0, n);
    Nd4j.getExecutioner().exec(new SoftPlus(scratch, scratch));
    buffer.read(0, cells, n);
    float[] targets = ReusedArrays.floats(2, n);
    new HostBuffer(x).read(0, targets, n);
    for (int i = 0; i < n; i++) {
      float relu = preOutputs[i] > 0 ? preOutputs[i] : 0f;
      cells[i] = cells[i] + relu - preOutputs[i] * targets[i];
    }
    return cells;
  }
}
