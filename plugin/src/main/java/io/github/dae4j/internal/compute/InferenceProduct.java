package io.github.dae4j.internal.compute;

import java.lang.ref.Reference;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Products at use: on the calling thread alone, and the same to the bit however many threads BLAS
 * has and others keep busy.
 *
 * <p>ND4J's own are that up to {@value #ALONE} multiplications, beyond which OpenBLAS takes several
 * threads, each of which sums its part in another order than one thread the whole. Up to there
 * these give ND4J's bits, by the same call; larger ones go in pieces of that size, by rows, or to
 * oneDNN where hardly a row fits.
 */
public final class InferenceProduct {

  /** m x n x k up to which OpenBLAS 0.3.19 stays on the calling thread. */
  static final long ALONE = 262_144;

  /** Fewer rows in a piece do not pay for the copy of the weights that OpenBLAS makes. */
  private static final long LEAST_ROWS = 16;

  private static final int COLUMN_MAJOR = 102;
  private static final int AS_IT_IS = 111;
  private static final int TRANSPOSED = 112;

  private InferenceProduct() {}

  /**
   * a w + b: a [m, k], w [k, n] of the same type -> [m, n], a new array.
   *
   * @param b [1, n], or null for 0
   */
  public static INDArray of(INDArray a, INDArray w, INDArray b) {
    if (HostMemory.isReachable() && a.dataType() == w.dataType()) {
      if (a.dataType() == DataType.FLOAT) {
        return ofFloats(a, w, b);
      }
      if (a.dataType() == DataType.DOUBLE) {
        return plus(ofDoubles(a, w), b);
      }
    }
    return plus(a.mmuli(w, Nd4j.createUninitialized(a.dataType(), a.size(0), w.size(1))), b);
  }

  private static INDArray plus(INDArray c, INDArray b) {
    return b == null ? c : c.addiRowVector(b);
  }

  private static INDArray ofFloats(INDArray a, INDArray b, INDArray bias) {
    Matrix left = matrix(a);
    Matrix right = matrix(b);
    INDArray c = Nd4j.createUninitialized(DataType.FLOAT, a.size(0), b.size(1));
    if (OneDnn.isPresent() && rowsAlone(left.columns(), right.columns()) < atLeast(left.rows())) {
      OneDnn.multiply(left, right, 1, 0, Matrix.of(c, false));
      return plus(c, bias);
    }
    INDArray byColumns = Nd4j.createUninitialized(DataType.FLOAT, c.shape(), 'f');
    Matrix result =
        new Matrix(
            new HostMemory.Address(byColumns), left.rows(), right.columns(), false, left.rows());
    inPieces(
        left.rows(),
        right.columns(),
        left.columns(),
        (row, rows, column, columns) ->
            OpenBlas.multiply(
                left.part(row, 0, rows, left.columns()),
                right.part(0, column, right.rows(), columns),
                1,
                0,
                result.part(row, column, rows, columns)));
    if (bias != null && HostMemory.holdsRows(bias) && HostMemory.holdsRows(c)) {
      copy(byColumns, bias, c);
      return c;
    }
    return plus(byRows(byColumns), bias);
  }

  /** c becomes the cells, which lie column by column, and the bias of each: one pass. */
  private static void copy(INDArray byColumns, INDArray bias, INDArray c) {
    int rows = (int) c.size(0);
    int columns = (int) c.size(1);
    float[] from = new float[rows * columns];
    new HostBuffer(byColumns).read(0, from, from.length);
    float[] b = new float[columns];
    new HostBuffer(bias).read(0, b, columns);
    float[] to = rows == 1 ? from : new float[from.length];
    for (int column = 0; column < columns; column++) {
      for (int row = 0; row < rows; row++) {
        to[row * columns + column] = from[column * rows + row] + b[column];
      }
    }
    new HostBuffer(c).write(to, 0, to.length);
  }

  private static INDArray ofDoubles(INDArray a, INDArray b) {
    INDArray left = a.ordering() == 'c' && !a.isView() ? a : a.dup('c');
    INDArray right = b.dup('f');
    int m = (int) a.size(0);
    int k = (int) a.size(1);
    INDArray c = Nd4j.createUninitialized(DataType.DOUBLE, new long[] {m, b.size(1)}, 'f');
    inPieces(
        m,
        (int) b.size(1),
        k,
        (row, rows, column, columns) ->
            openblas_nolapack.cblas_dgemm(
                COLUMN_MAJOR,
                TRANSPOSED,
                AS_IT_IS,
                rows,
                columns,
                k,
                1,
                at(left, (long) row * k),
                k,
                at(right, (long) column * k),
                k,
                0,
                at(c, (long) column * m + row),
                m));
    Reference.reachabilityFence(left);
    Reference.reachabilityFence(right);
    return byRows(c);
  }

  private static DoublePointer at(INDArray array, long cell) {
    return new DoublePointer(new DoublePointer(array.data().addressPointer())).position(cell);
  }

  private static Matrix matrix(INDArray array) {
    Matrix matrix = Matrix.of(array, false);
    return matrix == null ? Matrix.of(array.dup('c'), false) : matrix;
  }

  private static INDArray byRows(INDArray byColumns) {
    return byColumns.size(0) == 1 || byColumns.size(1) == 1
        ? byColumns.reshape('c', byColumns.shape())
        : byColumns.dup('c');
  }

  /** How many rows of a product are computed on the calling thread alone; 0 if not even one. */
  private static long rowsAlone(long k, long n) {
    return ALONE / (k * n);
  }

  private static long atLeast(long rows) {
    return Math.min(rows, LEAST_ROWS);
  }

  private interface Piece {
    void compute(int row, int rows, int column, int columns);
  }

  private static void inPieces(int m, int n, int k, Piece piece) {
    int rows = (int) Math.max(1, Math.min(m, rowsAlone(k, n)));
    int columns = (int) Math.max(1, Math.min(n, ALONE / ((long) rows * k)));
    for (int row = 0; row < m; row += rows) {
      for (int column = 0; column < n; column += columns) {
        piece.compute(row, Math.min(rows, m - row), column, Math.min(columns, n - column));
      }
    }
  }
}
