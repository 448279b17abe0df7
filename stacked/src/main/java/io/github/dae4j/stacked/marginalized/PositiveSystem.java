package io.github.dae4j.stacked.marginalized;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;

/**
 * Linear equations with a symmetric positive definite matrix, solved by Cholesky's decomposition in
 * double precision.
 *
 * <p>Not by ND4J: in M2.1 {@code triangularSolve} and {@code solve} take 8 to 17 seconds for 785
 * unknowns and as many right sides, where this takes half a second, and {@code Level3.trsm} passes
 * BLAS a flag that it does not know.
 */
final class PositiveSystem {

  private PositiveSystem() {}

  /** X of A X = B, or nothing if A is singular as far as its digits tell. */
  static Optional<double[][]> solve(double[][] a, double[][] b) {
    double largest = IntStream.range(0, a.length).mapToDouble(i -> a[i][i]).max().orElse(0);
    double roundingError = a.length * Math.ulp(largest);
    Array2DRowRealMatrix matrix = new Array2DRowRealMatrix(symmetric(a), false);
    try {
      return Optional.of(
          new CholeskyDecomposition(matrix, 0, roundingError)
              .getSolver()
              .solve(new Array2DRowRealMatrix(b, false))
              .getData());
    } catch (NonPositiveDefiniteMatrixException e) {
      return Optional.empty();
    }
  }

  /** Both halves as the lower one: BLAS sums them in different orders. */
  private static double[][] symmetric(double[][] a) {
    double[][] symmetric = Arrays.stream(a).map(double[]::clone).toArray(double[][]::new);
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < i; j++) {
        symmetric[j][i] = a[i][j];
      }
    }
    return symmetric;
  }
}
