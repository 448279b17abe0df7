package io.github.dae4j.internal.compute;

import java.lang.ref.Reference;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
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

  private static final long LEAST_SCRATCH = 1 << 10;

  /** A minibatch of 1,024 rows of 1,000 cells. */
  private static final long MOST_SCRATCH = 1 << 20;

  private static final ThreadLocal<INDArray> SCRATCH = new ThreadLocal<>();

  private static final int COLUMN_MAJOR = 102;
  private static final int AS_IT_IS = 111;
  private static final int TRANSPOSED = 112;

  private InferenceProduct() {}

  /**
   * a w + b: a [m, k], w [k, n] of the same type -> [m, n], an array of {@link ReusedArrays}.
   *
   * @param b [1, n], or null for 0
   */
  public static INDArray of(INDArray a, INDArray w, INDArray b) {
    return of(a, w, false, b);
  }

  /**
   * The same with op(w), which transposes if the flag is set: a view of w would cost as much as a
   * small product.
   */
  public static INDArray of(INDArray a, INDArray w, boolean transposed, INDArray b) {
    if (HostMemory.isReachable() && a.dataType() == w.dataType()) {
      if (a.dataType() == DataType.FLOAT) {
        return ofFloats(a, w, transposed, b);
      }
      if (a.dataType() == DataType.DOUBLE) {
        return plus(ofDoubles(a, transposed ? w.transpose() : w), b);
      }
    }
    INDArray right = transposed ? w.transpose() : w;
    return plus(
        a.mmuli(right, Nd4j.createUninitialized(a.dataType(), a.size(0), right.size(1))), b);
  }

  private static INDArray plus(INDArray c, INDArray b) {
    return b == null ? c : c.addiRowVector(b);
  }

  private static INDArray ofFloats(INDArray a, INDArray b, boolean transposed, INDArray bias) {
    Matrix left = matrix(a, false);
    Matrix right = matrix(b, transposed);
    int m = left.rows();
    int n = right.columns();
    INDArray c = ReusedArrays.matrix(m, n);
    if (OneDnn.isPresent() && rowsAlone(left.columns(), n) < atLeast(m)) {
      OneDnn.multiply(left, right, 1, 0, Matrix.of(c, false));
      return plus(c, bias);
    }
    if (!HostMemory.holdsRows(c) || bias != null && !HostMemory.holdsRows(bias)) {
      INDArray byColumns = Nd4j.createUninitialized(DataType.FLOAT, c.shape(), 'f');
      multiply(left, right, byColumns);
      return plus(byRows(byColumns), bias);
    }
    INDArray byColumns = m == 1 ? c : scratch((long) m * n); // one row lies the same either way
    multiply(left, right, byColumns);
    copy(byColumns, bias, c);
    return c;
  }

  /** Into an array column by column. */
  private static void multiply(Matrix left, Matrix right, INDArray byColumns) {
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
  }

  /** At least so many cells, of the thread's own unless they are very many: used once at a time. */
  @SuppressWarnings("try")
  private static INDArray scratch(long cells) {
    INDArray kept = SCRATCH.get();
    if (kept != null && kept.length() >= cells) {
      return kept;
    }
    try (MemoryWorkspace scope = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      INDArray made = Nd4j.createUninitialized(DataType.FLOAT, Math.max(LEAST_SCRATCH, cells));
      if (cells <= MOST_SCRATCH) {
        SCRATCH.set(made);
      }
      return made;
    }
  }

  /** c becomes the cells, which lie column by column, and the bias of each: one pass. */
  private static void copy(INDArray byColumns, INDArray bias, INDArray c) {
    int rows = (int) c.size(0);
    int columns = (int) c.size(1);
    int cells = rows * columns;
    float[] from = ReusedArrays.floats(0, cells);
    new HostBuffer(byColumns).read(0, from, cells);
    float[] b = new float[columns];
    if (bias != null) {
      new HostBuffer(bias).read(0, b, columns);
    }
    float[] to = rows == 1 ? from : ReusedArrays.floats(1, cells);
    for (int column = 0; column < columns; column++) {
      for (int row = 0; row < rows; row++) {
        float cell = from[column * rows + row];
        to[row * columns + column] = bias == null ? cell : cell + b[column];
      }
    }
    new HostBuffer(c).write(to, 0, cells);
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

  private static Matrix matrix(INDArray array, boolean transposed) {
    Matrix matrix = Matrix.of(array, transposed);
    return matrix == null ? Matrix.of(array.dup('c'), transposed) : matrix;
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
