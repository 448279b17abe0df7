package io.github.dae4j.compute;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Matrix products that read and write arrays where they lie, in either order.
 *
 * <p>On the CPU backend they call the BLAS that ND4J itself has loaded: ND4J's own way there, an
 * operation by name, costs a multiple of a small product and goes by temporary arrays. Other
 * backends and types take ND4J's way.
 */
public final class Product {

  private static final int ROW_MAJOR = 101;
  private static final int COLUMN_MAJOR = 102;
  private static final int AS_IT_IS = 111;
  private static final int TRANSPOSED = 112;

  private Product() {}

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
      Operand operandA = Operand.of(a, transposeA);
      Operand operandB = Operand.of(b, transposeB);
      Operand result = Operand.of(c, false);
      if (operandA != null && operandB != null && result != null) {
        byBlas(operandA, operandB, (float) alpha, (float) beta, result);
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

  private static void byBlas(Operand a, Operand b, float alpha, float beta, Operand c) {
    Tiling tiling = Tiling.of(c.rows, c.columns, a.columns, b.rowMajor);
    Team.each(
        tiling.parts(c.columns),
        part -> {
          int from = part * tiling.columns();
          int columns = Math.min(tiling.columns(), c.columns - from);
          if (c.rows == 1) {
            row(a, b, alpha, beta, c, from, columns);
          } else {
            columns(a, b, alpha, beta, c, from, columns, tiling);
          }
        });
  }

  /** By a matrix and a vector, for which BLAS has a quicker way. */
  private static void row(
      Operand a, Operand b, float alpha, float beta, Operand c, int from, int columns) {
    openblas_nolapack.cblas_sgemv(
        b.order(),
        TRANSPOSED,
        b.rows,
        columns,
        alpha,
        b.at(0, from),
        b.step,
        a.cells,
        a.rowMajor ? 1 : a.step,
        beta,
        c.at(0, from),
        c.rowMajor ? 1 : c.step);
  }

  private static void columns(
      Operand a,
      Operand b,
      float alpha,
      float beta,
      Operand c,
      int from,
      int columns,
      Tiling tiling) {
    for (int row = 0; row < c.rows; row += tiling.rows()) {
      for (int inner = 0; inner < a.columns; inner += tiling.inner()) {
        openblas_nolapack.cblas_sgemm(
            c.order(),
            a.rowMajor == c.rowMajor ? AS_IT_IS : TRANSPOSED,
            b.rowMajor == c.rowMajor ? AS_IT_IS : TRANSPOSED,
            Math.min(tiling.rows(), c.rows - row),
            columns,
            Math.min(tiling.inner(), a.columns - inner),
            alpha,
            a.at(row, inner),
            a.step,
            b.at(inner, from),
            b.step,
            inner == 0 ? beta : 1,
            c.at(row, from),
            c.step);
      }
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

  /**
   * A matrix, after its transposition if any: rows or columns are contiguous, {@code step} apart.
   */
  private record Operand(FloatPointer cells, int rows, int columns, boolean rowMajor, int step) {

    /** Null if neither rows nor columns are contiguous. */
    static Operand of(INDArray array, boolean transposed) {
      long rows = array.size(transposed ? 1 : 0);
      long columns = array.size(transposed ? 0 : 1);
      long rowStep = rows == 1 ? columns : array.stride(transposed ? 1 : 0);
      long columnStep = columns == 1 ? rows : array.stride(transposed ? 0 : 1);
      boolean rowMajor = (columns == 1 || columnStep == 1) && rowStep >= columns;
      boolean columnMajor = (rows == 1 || rowStep == 1) && columnStep >= rows;
      if (rows * columns > Integer.MAX_VALUE || !(rowMajor || columnMajor)) {
        return null;
      }
      return new Operand(
          HostMemory.cells(array),
          (int) rows,
          (int) columns,
          rowMajor,
          (int) (rowMajor ? rowStep : columnStep));
    }

    int order() {
      return rowMajor ? ROW_MAJOR : COLUMN_MAJOR;
    }

    /** A pointer of its own, for several threads at a time. */
    FloatPointer at(int row, int column) {
      return HostMemory.at(
          cells, rowMajor ? (long) row * step + column : (long) column * step + row);
    }
  }
}
