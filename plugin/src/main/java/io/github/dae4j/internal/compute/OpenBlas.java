package io.github.dae4j.internal.compute;

import org.bytedeco.openblas.global.openblas_nolapack;

/** Products by the BLAS that ND4J's CPU backend has loaded. */
final class OpenBlas {

  private static final int ROW_MAJOR = 101;
  private static final int COLUMN_MAJOR = 102;
  private static final int AS_IT_IS = 111;
  private static final int TRANSPOSED = 112;

  private OpenBlas() {}

  /** c = alpha a b + beta c. */
  static void multiply(Matrix a, Matrix b, float alpha, float beta, Matrix c) {
    openblas_nolapack.cblas_sgemm(
        order(c),
        a.rowMajor() == c.rowMajor() ? AS_IT_IS : TRANSPOSED,
        b.rowMajor() == c.rowMajor() ? AS_IT_IS : TRANSPOSED,
        c.rows(),
        c.columns(),
        a.columns(),
        alpha,
        a.cells(),
        a.step(),
        b.cells(),
        b.step(),
        beta,
        c.cells(),
        c.step());
  }

  /** The same for a single row, for which BLAS has a quicker way. */
  static void multiplyRow(Matrix a, Matrix b, float alpha, float beta, Matrix c) {
    openblas_nolapack.cblas_sgemv(
        order(b),
        TRANSPOSED,
        b.rows(),
        b.columns(),
        alpha,
        b.cells(),
        b.step(),
        a.cells(),
        a.rowMajor() ? 1 : a.step(),
        beta,
        c.cells(),
        c.rowMajor() ? 1 : c.step());
  }

  private static int order(Matrix matrix) {
    return matrix.rowMajor() ? ROW_MAJOR : COLUMN_MAJOR;
  }
}
