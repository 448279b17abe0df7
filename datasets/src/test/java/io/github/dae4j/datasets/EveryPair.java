package io.github.dae4j.datasets;

import java.math.BigInteger;

/** The convexity of squares of 28 x 28 by every pair of white pixels, one after the other. */
final class EveryPair {

  private static final int SIDE = 28;

  private EveryPair() {}

  static boolean isConvex(boolean[] white) {
    for (int p = 0; p < white.length; p++) {
      for (int q = p + 1; q < white.length; q++) {
        if (white[p] && white[q] && !isWhiteBetween(white, p, q)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isWhiteBetween(boolean[] white, int p, int q) {
    int down = q / SIDE - p / SIDE;
    int right = q % SIDE - p % SIDE;
    int steps = BigInteger.valueOf(down).gcd(BigInteger.valueOf(right)).intValue();
    for (int step = 1; step < steps; step++) {
      if (!white[p + step * (down / steps * SIDE + right / steps)]) {
        return false;
      }
    }
    return true;
  }
}
