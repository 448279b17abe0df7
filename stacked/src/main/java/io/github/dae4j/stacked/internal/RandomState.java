package io.github.dae4j.stacked.internal;

import org.nd4j.linalg.api.rng.Random;

/**
 * Where a generator of ND4J stands: with it, arrays are drawn as they would have been.
 *
 * <p>The second number of a pair that {@code nextGaussian} has drawn is not part of it; arrays are
 * drawn otherwise.
 */
public record RandomState(long root, long node) {

  public static RandomState of(Random random) {
    return new RandomState(random.rootState(), random.nodeState());
  }

  public void restore(Random random) {
    random.setStates(root, node);
  }
}
