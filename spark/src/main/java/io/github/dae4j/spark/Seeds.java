package io.github.dae4j.spark;

import java.util.Random;

/**
 * What is drawn depends on a seed and on the place where it is drawn, never on what came before.
 */
final class Seeds {

  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private Seeds() {}

  /** The seed of a place: a stage, an epoch, a worker, a round. */
  static long of(long seed, long... place) {
    long state = mixed(seed);
    for (long number : place) {
      state = mixed(state + number);
    }
    return state;
  }

  /** Fisher and Yates's permutation of 0 to n - 1 (Knuth, TAOCP 2, 3.4.2, algorithm P). */
  static int[] permutation(int n, long seed) {
    Random random = new Random(seed); // its sequence is part of Java's specification
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    for (int last = n - 1; last > 0; last--) {
      int other = random.nextInt(last + 1);
      int held = order[other];
      order[other] = order[last];
      order[last] = held;
    }
    return order;
  }

  /** A step of SplitMix64 (Steele et al. 2014). */
  static long mixed(long state) {
    long z = state + GAMMA;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
