package io.github.dae4j.stacked.table;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Draws so many of all rows as they pass, each with the same probability (Knuth's algorithm S):
 * every n-th would be of one kind where kinds take turns.
 */
final class RowDraw {

  private final SplittableRandom random;
  private long left;
  private long wanted;

  RowDraw(long all, long wanted, long seed) {
    random = new SplittableRandom(seed);
    left = all;
    this.wanted = wanted;
  }

  /** Whether the next row is drawn. */
  boolean next() {
    boolean isDrawn = wanted == left || random.nextDouble() * left < wanted;
    left--;
    wanted -= isDrawn ? 1 : 0;
    return isDrawn;
  }

  /** So many of some rows at most, in their order. */
  static int[] of(int[] rows, long most, long seed) {
    RowDraw draw = new RowDraw(rows.length, Math.min(most, rows.length), seed);
    return IntStream.of(rows).filter(row -> draw.next()).toArray();
  }

  /** So many rows of a matrix at most, in their order. */
  static float[][] of(float[][] rows, int most, long seed) {
    return NetTraining.select(rows, of(IntStream.range(0, rows.length).toArray(), most, seed));
  }
}
