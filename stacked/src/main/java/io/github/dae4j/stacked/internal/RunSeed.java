package io.github.dae4j.stacked.internal;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The seed of a run, and those derived from it: what an epoch draws depends on (seed, layer, epoch)
 * and on nothing that was drawn before, nor on ND4J's global generator.
 */
public record RunSeed(long seed) {

  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  /** What is drawn; each purpose has a stream of its own. */
  public enum Purpose {
    ORDER,
    CORRUPTION,
    VALIDATION,
    FINE_TUNING_ORDER,
    LABELLED_ORDER,
    LADDER_WEIGHTS,
    LADDER_NOISE
  }

  public long of(Purpose purpose, int layer, int epoch) {
    long state = mixed(seed);
    state = mixed(state + purpose.ordinal());
    state = mixed(state + layer);
    return mixed(state + epoch);
  }

  public Random random(Purpose purpose, int layer, int epoch) {
    return Nd4j.getRandomFactory().getNewRandomInstance(of(purpose, layer, epoch));
  }

  /** Fisher and Yates's permutation of 0 to rows - 1 (Knuth, TAOCP 2, 3.4.2, algorithm P). */
  public static int[] permutation(int rows, long seed) {
    java.util.Random random =
        new java.util.Random(seed); // its sequence is part of Java's specification
    int[] order = IntStream.range(0, rows).toArray();
    for (int last = rows - 1; last > 0; last--) {
      int other = random.nextInt(last + 1);
      int row = order[other];
      order[other] = order[last];
      order[last] = row;
    }
    return order;
  }

  /** A step of SplitMix64 (Steele et al. 2014). */
  private static long mixed(long state) {
    long z = state + GAMMA;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
