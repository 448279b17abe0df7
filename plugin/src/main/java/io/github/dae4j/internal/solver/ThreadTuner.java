package io.github.dae4j.internal.solver;

import java.util.Arrays;

/**
 * How many threads a step has: all, or one where that was faster when both were tried last. Results
 * do not depend on it, so that it may follow a machine that others use as well.
 */
class ThreadTuner {

  /** Steps that are taken the other way, and as many before them that they are compared with. */
  private static final int TRIAL = 12;

  /** Steps after which a trial ends if all of them were so many times slower. */
  private static final int GLANCE = 3;

  private static final double CLEARLY = 1.25;

  /**
   * The first trial is after so many steps; each of the next four times as late as the one before.
   */
  private static final int FIRST = 32;

  private static final int MOST_BETWEEN = 1024;

  private final long[] usual = new long[TRIAL];
  private final long[] other = new long[TRIAL];
  private long step;
  private long trial = FIRST;
  private boolean isShared = true;

  /** The threads of the next step, of so many. */
  int threads(int most) {
    return isShared == step < trial && most > 1 ? most : 1;
  }

  /** That step took so long. */
  void took(long nanos) {
    if (step < trial) {
      usual[(int) (step % TRIAL)] = nanos;
    } else {
      int tried = (int) (step - trial) + 1;
      other[tried - 1] = nanos;
      if (tried == TRIAL) {
        isShared ^= median(other) < median(usual);
        planNextTrial();
      } else if (tried == GLANCE && isClearlySlower()) {
        planNextTrial();
      }
    }
    step++;
  }

  private boolean isClearlySlower() {
    return Arrays.stream(other, 0, GLANCE).min().orElseThrow() > CLEARLY * median(usual);
  }

  private void planNextTrial() {
    trial += Math.min(3 * trial, MOST_BETWEEN);
  }

  private static long median(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
