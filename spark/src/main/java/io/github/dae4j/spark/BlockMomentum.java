package io.github.dae4j.spark;

/**
 * Averages with Nesterov block momentum (Chen and Huo 2016, BMUF-NBM with a block learning rate of
 * 1): v := beta v + (mean - sent), w := w + v, and the next round starts from w + beta v.
 *
 * @param weights w, what has been learnt
 * @param velocity v
 */
record BlockMomentum(double momentum, float[] weights, float[] velocity) {

  static BlockMomentum from(double momentum, float[] weights) {
    return new BlockMomentum(momentum, weights, new float[weights.length]);
  }

  /** Where workers start. */
  float[] start() {
    float[] start = new float[weights.length];
    for (int i = 0; i < start.length; i++) {
      start[i] = (float) (weights[i] + momentum * velocity[i]);
    }
    return start;
  }

  /**
   * After a round.
   *
   * @param start where its workers started
   * @param mean of where they came to
   */
  BlockMomentum after(float[] start, float[] mean) {
    float[] nextVelocity = new float[weights.length];
    float[] next = new float[weights.length];
    for (int i = 0; i < next.length; i++) {
      double step = momentum * velocity[i] + ((double) mean[i] - start[i]);
      nextVelocity[i] = (float) step;
      next[i] = (float) (weights[i] + step);
    }
    return new BlockMomentum(momentum, next, nextVelocity);
  }
}
