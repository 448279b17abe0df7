package io.github.dae4j.internal.compute;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Blocks of a matrix [n, d] of any type, read and written as DOUBLE, so that one loop computes in
 * FLOAT's storage and in DOUBLE's: without ND4J's operations where rows of FLOAT or DOUBLE lie in
 * the host's memory, and by them elsewhere.
 *
 * <p>For any number of threads at a time that write different cells.
 */
public final class MatrixCells {

  private final INDArray matrix;
  private final int columns;
  private final FloatBuffer floats;
  private final DoubleBuffer doubles;

  /** The matrix is not copied. */
  public MatrixCells(INDArray matrix) {
    this.matrix = matrix;
    columns = Math.toIntExact(matrix.size(1));
    floats =
        HostMemory.holdsRows(matrix)
            ? new HostMemory.Address(matrix)
                .capacity(matrix.length())
                .asByteBuffer()
                .asFloatBuffer()
            : null;
    doubles = floats == null && holdsRowsOfDouble(matrix) ? doubles(matrix) : null;
  }

  private static boolean holdsRowsOfDouble(INDArray matrix) {
    return HostMemory.isReachable()
        && matrix.dataType() == DataType.DOUBLE
        && matrix.length() <= Integer.MAX_VALUE / Double.BYTES
        && (matrix.size(1) == 1 || matrix.stride(1) == 1)
        && (matrix.size(0) == 1 || matrix.stride(0) == matrix.size(1));
  }

  private static DoubleBuffer doubles(INDArray matrix) {
    ByteBuffer bytes =
        new DoublePointer(matrix.data().addressPointer()).capacity(matrix.length()).asByteBuffer();
    return bytes.asDoubleBuffer();
  }

  /** A block of rows [from, from + n) and columns [at, at + w) becomes {@code to} [n, w]. */
  public void read(int from, int n, int at, int w, double[] to, float[] scratch) {
    if (floats == null && doubles == null) {
      double[] cells = view(from, n, at, w).dup('c').castTo(DataType.DOUBLE).data().asDouble();
      System.arraycopy(cells, 0, to, 0, n * w);
      return;
    }
    for (int i = 0; i < n; i++) {
      int first = (from + i) * columns + at;
      if (doubles != null) {
        doubles.get(first, to, i * w, w);
      } else {
        floats.get(first, scratch, 0, w);
        int start = i * w;
        for (int j = 0; j < w; j++) {
          to[start + j] = scratch[j];
        }
      }
    }
    Reference.reachabilityFence(matrix);
  }

  /** Such a block becomes {@code values} [n, w]. */
  public void write(int from, int n, int at, int w, double[] values, float[] scratch) {
    if (floats == null && doubles == null) {
      double[] cells = Arrays.copyOf(values, n * w);
      view(from, n, at, w)
          .assign(Nd4j.createFromArray(cells).reshape('c', n, w).castTo(matrix.dataType()));
      return;
    }
    for (int i = 0; i < n; i++) {
      int first = (from + i) * columns + at;
      int start = i * w;
      if (doubles != null) {
        doubles.put(first, values, start, w);
      } else {
        for (int j = 0; j < w; j++) {
          scratch[j] = (float) values[start + j];
        }
        floats.put(first, scratch, 0, w);
      }
    }
    Reference.reachabilityFence(matrix);
  }

  private INDArray view(int from, int n, int at, int w) {
    return matrix.get(NDArrayIndex.interval(from, from + n), NDArrayIndex.interval(at, at + w));
  }
}
