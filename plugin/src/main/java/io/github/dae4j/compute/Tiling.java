package io.github.dae4j.compute;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How a product of few rows is cut into pieces: OpenBLAS multiplies matrices up to a certain size
 * without copying them first, if it has kernels for that on this processor. Where a copy costs as
 * much as the product, as for a minibatch of 20 rows, pieces of that size take half the time. They
 * go along the second matrix as it lies in memory. Several threads share a whole product better.
 */
record Tiling(int rows, int columns, int inner) {

  /** rows x columns x inner size up to which OpenBLAS 0.3.19 does not copy. */
  private static final long SMALL = 1_000_000;

  private static final int ROWS = 32;
  private static final int STEP = 16;
  private static final int MOST_ROWS = 256;
  private static final int LEAST_INNER = 100;

  /** Looked at once: 20 x 784 x 500 in pieces against the whole. */
  private static final boolean PAYS = pays();

  /**
   * The size of a piece of c [m, n] = a [m, k] b [k, n].
   *
   * @param byRows whether the rows of b are contiguous, not its columns
   */
  static Tiling of(int m, int n, int k, boolean byRows) {
    boolean few =
        m > 1 && m <= MOST_ROWS && k >= LEAST_INNER && Nd4j.factory().blas().getMaxThreads() == 1;
    Tiling pieces = few ? pieces(m, n, k, byRows) : null;
    return pieces != null && PAYS ? pieces : new Tiling(m, n, k);
  }

  private static Tiling pieces(int m, int n, int k, boolean byRows) {
    int bands = (m + ROWS - 1) / ROWS;
    int rows = (m + bands - 1) / bands;
    int across = byRows ? n : k;
    int along = byRows ? k : n;
    long most = SMALL / ((long) rows * across) / STEP * STEP;
    int piece = (int) Math.min(along, most);
    if (most == 0) {
      return null;
    }
    return byRows ? new Tiling(rows, n, piece) : new Tiling(rows, piece, k);
  }

  private static boolean pays() {
    int m = 20;
    int k = 784;
    int n = 500;
    try (FloatPointer a = new FloatPointer((long) m * k);
        FloatPointer b = new FloatPointer((long) n * k);
        FloatPointer c = new FloatPointer((long) m * n)) {
      a.fill(0);
      b.fill(0);
      long whole = Long.MAX_VALUE;
      long pieces = Long.MAX_VALUE;
      int width = pieces(m, n, k, false).columns();
      for (int repeat = 0; repeat < 12; repeat++) {
        whole = Math.min(whole, nanos(a, b, c, m, n, k, n));
        pieces = Math.min(pieces, nanos(a, b, c, m, n, k, width));
      }
      return pieces < 0.8 * whole;
    }
  }

  private static long nanos(
      FloatPointer a, FloatPointer b, FloatPointer c, int m, int n, int k, int width) {
    long start = System.nanoTime();
    for (int from = 0; from < n; from += width) {
      openblas_nolapack.cblas_sgemm(
          101,
          111,
          112,
          m,
          Math.min(width, n - from),
          k,
          1,
          a,
          k,
          b.position((long) from * k),
          k,
          0,
          c.position(from),
          n);
    }
    b.position(0);
    c.position(0);
    return System.nanoTime() - start;
  }
}
