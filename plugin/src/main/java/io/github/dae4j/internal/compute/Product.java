package io.github.dae4j.internal.compute;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Matrix products that read and write arrays where they lie, in either order.
 *
 * <p>On the CPU backend they call oneDNN or, where that is not, the BLAS that ND4J itself has
 * loaded: ND4J's own way there, an operation by name, costs a multiple of a small product and goes
 * by temporary arrays. Other backends and types take ND4J's way.
 */
public final class Product {

  private Product() {}

  /**
   * Whether each is computed by the threads of a {@link ParallelLoop} alone, however many BLAS has.
   */
  public static boolean leaveBlasAlone() {
    return OneDnn.isPresent();
  }

  /** c = a b: a [m, k], b [k, n] -> c [m, n], which is overwritten. */
  public static void of(INDArray a, INDArray b, INDArray c) {
    of(a, false, b, false, 1, 0, c);
  }

  /**
   * c = alpha op(a) op(b) + beta c, where op transposes if its flag is set: op(a) [m, k], op(b) [k,
   * n] -> c [m, n].
   *
   * @throws IllegalArgumentException if the shapes do not fit
   */
  public static void of(
      INDArray a,
      boolean transposeA,
      INDArray b,
      boolean transposeB,
      double alpha,
      double beta,
      INDArray c) {
    requireShapes(a, transposeA, b, transposeB, c);
    if (isDirect(a, b, c)) {
      Matrix left = Matrix.of(a, transposeA);
      Matrix right = Matrix.of(b, transposeB);
      Matrix result = Matrix.of(c, false);
      if (left != null && right != null && result != null) {
        inParts(left, right, (float) alpha, (float) beta, result);
        return;
      }
    }
    byNd4j(a, transposeA, b, transposeB, alpha, beta, c);
  }

  private static boolean isDirect(INDArray a, INDArray b, INDArray c) {
    return HostMemory.isReachable()
        && a.dataType() == DataType.FLOAT
        && b.dataType() == DataType.FLOAT
        && c.dataType() == DataType.FLOAT;
  }

  private static void inParts(Matrix a, Matrix b, float alpha, float beta, Matrix c) {
    Tiling tiling = Tiling.of(c.rows(), c.columns(), a.columns(), b.rowMajor());
    ParallelLoop.each(
        tiling.parts(c.columns()),
        part -> {
          int from = part * tiling.columns();
          for (int row = 0; row < c.rows(); row += tiling.rows()) {
            for (int inner = 0; inner < a.columns(); inner += tiling.inner()) {
              multiply(
                  a.part(row, inner, tiling.rows(), tiling.inner()),
                  b.part(inner, from, tiling.inner(), tiling.columns()),
                  alpha,
                  inner == 0 ? beta : 1,
                  c.part(row, from, tiling.rows(), tiling.columns()));
            }
          }
        });
  }

  private static void multiply(Matrix a, Matrix b, float alpha, float beta, Matrix c) {
    if (c.rows() == 1) {
      OpenBlas.multiplyRow(a, b, alpha, beta, c);
    } else if (OneDnn.isPresent()) {
      OneDnn.multiply(a, b, alpha, beta, c);
    } else {
      OpenBlas.multiply(a, b, alpha, beta, c);
    }
  }

  /** Where c is overwritten in place; Nd4j.gemm refuses views and single numbers in HALF. */
  private static void byNd4j(
      INDArray a,
      boolean transposeA,
      INDArray b,
      boolean transposeB,
      double alpha,
      double beta,
      INDArray c) {
    INDArray left = transposeB ? b : b.transpose();
    INDArray right = transposeA ? a : a.transpose();
    if (alpha == 1 && beta == 0) {
      left.mmuli(right, c.transpose());
      return;
    }
    INDArray product = c.ulike();
    left.mmuli(right, product.transpose());
    product.muli(alpha);
    if (beta != 0) {
      product.addi(c.mul(beta));
    }
    c.assign(product);
  }

  private static void requireShapes(
      INDArray a, boolean transposeA, INDArray b, boolean transposeB, INDArray c) {
    boolean fit =
        a.rank() == 2
            && b.rank() == 2
            && c.rank() == 2
            && a.size(transposeA ? 1 : 0) == c.size(0)
            && b.size(transposeB ? 0 : 1) == c.size(1)
            && a.size(transposeA ? 0 : 1) == b.size(transposeB ? 1 : 0);
    if (!fit) {
      throw new IllegalArgumentException(
          "matrix product: the shapes %s%s, %s%s and %s of the result do not fit"
              .formatted(
                  a.shapeInfoToString(),
                  transposeA ? " transposed" : "",
                  b.shapeInfoToString(),
                  transposeB ? " transposed" : "",
                  c.shapeInfoToString()));
    }
  }
}
