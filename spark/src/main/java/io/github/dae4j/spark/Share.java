package io.github.dae4j.spark;

import java.io.Serializable;

/** What a worker brings back from a round. */
final class Share implements Serializable {

  private static final long serialVersionUID = 1L;

  private final int worker;
  private final int rows;
  private final double lossSum;
  private final int iterations;
  private final float[] weights;
  private final float[] updater;

  /**
   * The result of a round.
   *
   * @param rows that it trained on; with none, arrays are empty
   * @param lossSum over these rows
   * @param iterations so far
   * @param weights after it
   * @param updater the updater's state after it, empty if it keeps none
   */
  Share(int worker, int rows, double lossSum, int iterations, float[] weights, float[] updater) {
    this.worker = worker;
    this.rows = rows;
    this.lossSum = lossSum;
    this.iterations = iterations;
    this.weights = weights;
    this.updater = updater;
  }

  int worker() {
    return worker;
  }

  int rows() {
    return rows;
  }

  double lossSum() {
    return lossSum;
  }

  int iterations() {
    return iterations;
  }

  float[] weights() {
    return weights;
  }

  float[] updater() {
    return updater;
  }
}
