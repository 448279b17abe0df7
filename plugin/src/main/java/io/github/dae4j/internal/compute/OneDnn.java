package io.github.dae4j.internal.compute;

import org.bytedeco.dnnl.global.dnnl;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Products by oneDNN, where its natives are on the class path.
 *
 * <p>It makes kernels for the processor it finds, which read matrices where they lie. OpenBLAS
 * copies the weights first: on a minibatch of 20 rows that takes as long as the product.
 */
final class OneDnn {

  /** False if OpenBLAS is to compute all products. */
  static final String PROPERTY = "io.github.dae4j.onednn";

  private static final boolean PRESENT =
      HostMemory.isReachable()
          && Boolean.parseBoolean(System.getProperty(PROPERTY, "true"))
          && loads();

  private OneDnn() {}

  private static boolean loads() {
    try {
      Class.forName("org.bytedeco.dnnl.global.dnnl");
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false; // no natives for this host
    }
  }

  static boolean isPresent() {
    return PRESENT;
  }

  /**
   * c = alpha a b + beta c, on the calling thread alone: two would sum in another order than one.
   */
  static void multiply(Matrix a, Matrix b, float alpha, float beta, Matrix c) {
    NativeOps natively = NativeOpsHolder.getInstance().getDeviceNativeOps();
    int threads = natively.ompGetMaxThreads();
    if (threads > 1) {
      natively.setOmpNumThreads(1);
    }
    try {
      if (c.rowMajor()) {
        byRows(a, b, alpha, beta, c);
      } else {
        byRows(b.transposed(), a.transposed(), alpha, beta, c.transposed());
      }
    } finally {
      if (threads > 1) {
        natively.setOmpNumThreads(threads);
      }
    }
  }

  private static void byRows(Matrix a, Matrix b, float alpha, float beta, Matrix c) {
    dnnl.dnnl_sgemm(
        form(a),
        form(b),
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

  private static byte form(Matrix matrix) {
    return (byte) (matrix.rowMajor() ? 'N' : 'T');
  }
}
