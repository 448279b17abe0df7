package io.github.dae4j.stacked.anomaly;

import io.github.dae4j.internal.compute.FiniteCells;
import io.github.dae4j.internal.compute.ReusedArrays;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.anomaly.AnomalyDetector.FeatureErrors;
import io.github.dae4j.stacked.internal.Minibatches;
import java.util.Arrays;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model's errors, minibatch by minibatch, with everything about them checked.
 *
 * @param missingAllowed whether NaN in the input is a missing cell, whose error is NaN then
 * @param isStack whether the errors are a stack's own, which holds on to no array
 */
record FiniteErrors(FeatureErrors errors, boolean missingAllowed, boolean isStack) {

  /** Of anything that gives errors. */
  static FiniteErrors of(FeatureErrors errors) {
    return new FiniteErrors(errors, false, false);
  }

  static FiniteErrors of(StackedDenoisingAutoEncoder stack) {
    return new FiniteErrors(stack::reconstructionErrorPerFeature, stack.isMissingAllowed(), true);
  }

  /** Takes the errors of some rows. */
  @FunctionalInterface
  interface Visitor {

    /**
     * Takes the errors of the rows from {@code first} on.
     *
     * @param cells row after row, NaN where the input has no value
     */
    void visit(int first, double[] cells);
  }

  /**
   * Hands on the errors of all rows of x [n, nIn].
   *
   * @throws IllegalArgumentException naming row and feature where x is not finite
   * @throws IllegalStateException naming row and feature where the error is not
   */
  void forEach(INDArray x, Visitor visitor) {
    Supplier<Void> all =
        () -> {
          Minibatches.forEach(
              x, (first, rows) -> visitor.visit((int) first, cells(rows, Math.toIntExact(first))));
          return null;
        };
    if (isStack) {
      ReusedArrays.within(all);
    } else {
      ReusedArrays.without(all);
    }
  }

  private double[] cells(INDArray rows, int first) {
    int wrong = FiniteCells.first(rows, missingAllowed);
    if (wrong >= 0) {
      throw new IllegalArgumentException(message("input", rows, rows, wrong, first));
    }
    INDArray result = errors.of(rows);
    if (!Arrays.equals(result.shape(), rows.shape())) {
      throw new IllegalStateException(
          "FeatureErrors must give an error for each cell of %s, got %s"
              .formatted(Arrays.toString(rows.shape()), Arrays.toString(result.shape())));
    }
    double[] cells = FiniteCells.values(result);
    double[] input = missingAllowed ? FiniteCells.values(rows) : cells;
    for (int cell = 0; cell < cells.length; cell++) {
      if (missingAllowed && Double.isNaN(input[cell])) {
        cells[cell] = Double.NaN;
      } else if (!Double.isFinite(cells[cell])) {
        throw new IllegalStateException(message("errors", result, rows, cell, first));
      }
    }
    return cells;
  }

  private static String message(String what, INDArray array, INDArray rows, int cell, int first) {
    int columns = (int) rows.size(1);
    return "AnomalyDetector %s must be finite, got %s in row %d, feature %d"
        .formatted(what, FiniteCells.values(array)[cell], first + cell / columns, cell % columns);
  }
}
