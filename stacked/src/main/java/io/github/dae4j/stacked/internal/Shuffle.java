package io.github.dae4j.stacked.internal;

import java.util.Random;
import java.util.stream.IntStream;

/** The order of the rows of an epoch: as they came, or a permutation that its seed determines. */
public final class Shuffle {

  private Shuffle() {}

  public static int[] none(int rows) {
    return IntStream.range(0, rows).toArray();
  }

  /** Fisher and Yates's permutation of 0 to rows - 1 (Knuth, TAOCP 2, 3.4.2, algorithm P). */
  public static int[] permutation(int rows, long seed) {
    Random random = new Random(seed); // its sequence is part of Java's specification
    int[] order = none(rows);
    for (int last = rows - 1; last > 0; last--) {
      int other = random.nextInt(last + 1);
      int row = order[other];
      order[other] = order[last];
      order[last] = row;
    }
    return order;
  }
}
