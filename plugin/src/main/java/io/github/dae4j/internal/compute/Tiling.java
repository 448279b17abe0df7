package io.github.dae4j.internal.compute;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * How a product c [m, n] = a [m, k] b [k, n] is cut. Bands of columns are parts that threads share;
 * each is computed in pieces of so many rows and so much of the inner dimension.
 *
 * <p>OpenBLAS multiplies matrices up to a certain size without copying them first, if it has
 * kernels for that on this processor. Where a copy costs as much as the product, as for a minibatch
 * of 20 rows, pieces of that size take half the time. The numbers were found by trying, on 784 x
 * 500 in the second cache and 1000 x 1000 outside of it.
 *
 * @param rows of a piece
 * @param columns of a part
 * @param inner columns of a and rows of b in a piece
 */
record Tiling(int rows, int columns, int inner) {

  /** rows x columns x inner size up to which OpenBLAS 0.3.19 does not copy. */
  private static final long SMALL = 1_000_000;

  private static final int ROWS = 32;
  private static final int STEP = 16;
  private static final int MOST_ROWS = 256;
  private static final int LEAST_INNER = 100;

  /** Columns, and inner size, of a piece where the rows of b are contiguous. */
  private static final int ACROSS = 128;

  /** Multiplications from which a product is shared. */
  private static final long SHARED = 400_000;

  private static final int LARGEST_SHARE = 512;

  /**
   * Inner size of which several follow each other better than one whole: 2048 takes a tenth more.
   */
  private static final int DEEP = 512;

  /**
   * What libnd4j calls processors with AVX-512, for which OpenBLAS has kernels that do not copy.
   */
  private static final int AVX_512 = 3;

  /** Of OpenBLAS alone. A property of the processor, so that all processes on it sum alike. */
  private static final boolean PAYS =
      !OneDnn.isPresent()
          && NativeOpsHolder.getInstance().getDeviceNativeOps().optimalLevel() == AVX_512;

  /**
   * For given sizes.
   *
   * @param byRows whether the rows of b are contiguous, not its columns
   */
  static Tiling of(int m, int n, int k, boolean byRows) {
    boolean few =
        m > 1 && m <= MOST_ROWS && k >= LEAST_INNER && Nd4j.factory().blas().getMaxThreads() == 1;
    return PAYS && few ? pieces(m, n, k, byRows) : shares(m, n, k);
  }

  int parts(int n) {
    return bands(n, columns);
  }

  private static Tiling shares(int m, int n, int k) {
    boolean worthIt = (long) m * n * k >= SHARED && n >= 2 * STEP;
    int shares = worthIt ? Math.max(2, bands(n, LARGEST_SHARE)) : 1;
    return new Tiling(m, even(n, shares), k < 2 * DEEP ? k : even(k, bands(k, DEEP)));
  }

  private static Tiling pieces(int m, int n, int k, boolean byRows) {
    int rows = bands(m, bands(m, ROWS));
    if (byRows) {
      return new Tiling(rows, even(n, bands(n, ACROSS)), even(k, bands(k, ACROSS)));
    }
    int most = (int) Math.min(n, SMALL / ((long) rows * k) / STEP * STEP);
    return most == 0 ? shares(m, n, k) : new Tiling(rows, most, k);
  }

  /** The size of one of so many bands, in whole steps. */
  private static int even(int size, int bands) {
    return Math.min(size, bands(bands(size, bands), STEP) * STEP);
  }

  private static int bands(int size, int width) {
    return (size + width - 1) / width;
  }
}
