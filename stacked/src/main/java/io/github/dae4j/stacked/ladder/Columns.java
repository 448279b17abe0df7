package io.github.dae4j.stacked.ladder;

import io.github.dae4j.internal.compute.ParallelLoop;

/**
 * Bands of columns, which threads share: everything between two products but the softmax goes by
 * columns. They are cut without regard to the number of threads.
 */
final class Columns {

  /** Long enough for vector instructions; blocks of 100 rows then stay in the second cache. */
  private static final int WIDTH = 128;

  private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

  private Columns() {}

  /** What is done with columns [from, from + width), the band of that number. */
  interface Band {
    void at(int from, int width, int number, Scratch scratch);
  }

  static void each(int columns, Band band) {
    ParallelLoop.each(
        bands(columns),
        i -> {
          int from = i * WIDTH;
          band.at(from, Math.min(WIDTH, columns - from), i, SCRATCH.get());
        });
  }

  static int bands(int columns) {
    return (columns + WIDTH - 1) / WIDTH;
  }

  /** All columns as one band. */
  static void together(int columns, Band band) {
    band.at(0, columns, 0, SCRATCH.get());
  }

  /** Arrays of a thread, whose contents are left over. */
  static final class Scratch {

    private final double[][] blocks = new double[8][0];
    private float[] row = new float[0];

    /** Of this length at least. */
    double[] block(int which, int length) {
      if (blocks[which].length < length) {
        blocks[which] = new double[length];
      }
      return blocks[which];
    }

    float[] row(int width) {
      if (row.length < width) {
        row = new float[width];
      }
      return row;
    }
  }
}
