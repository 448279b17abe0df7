package io.github.dae4j.internal.compute;

/**
 * A loss that is computed row by row, by any number of threads at a time; one object has no state.
 */
public interface RowLoss {

  /**
   * The loss of a row in its first n cells; the pre-outputs become its derivatives by them.
   *
   * @param a pre-outputs
   * @param x the target
   * @param weights of the cells; null if all are 1
   */
  double derive(float[] a, float[] x, float[] weights);

  /** Whether every cell of a target is one that the loss is defined for; NaN is not. */
  boolean takes(float[] x);
}
