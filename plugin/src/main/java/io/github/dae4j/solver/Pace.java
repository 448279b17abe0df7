package io.github.dae4j.solver;

import java.util.Arrays;

/**
 * How many threads a step has: all, or one where that was faster when both were tried last. Results
 * do not depend on it, so that it may follow a machine that others use as well.
 */
class Pace {

  /** Steps of a trial: the first half alone. */
  private static final int TRIAL = 16;

  /** The first trial is after so many steps; each of the next twice as late as the one before. */
  private static final int FIRST = 64;

  private static final int MOST_BETWEEN = 1024;

  private final long[] alone = new long[TRIAL / 2];
  private final long[] shared = new long[TRIAL / 2];
  private int step;
  private int trial = FIRST;
  private boolean isShared = true;

  /** The threads of the next step, of so many. */
  int threads(int most) {
    boolean all = step < trial ? isShared : step - trial >= TRIAL / 2;
    return all && most > 1 ? most : 1;
  }

  /** That step took so long. */
  void took(long nanos) {
    if (step >= trial) {
      int index = step - trial;
      (index < TRIAL / 2 ? alone : shared)[index % (TRIAL / 2)] = nanos;
      if (index == TRIAL - 1) {
        isShared = median(shared) <= median(alone);
        trial += Math.min(trial, MOST_BETWEEN);
      }
    }
    step++;
  }

  private static long median(long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
