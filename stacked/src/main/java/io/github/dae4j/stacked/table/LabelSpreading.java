package io.github.dae4j.stacked.table;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Labels of few rows spread over the graph of nearest rows (Zhou et al. 2004): a new row gets the
 * mean of what its nearest rows got.
 *
 * @param rows [m][features] without NaN
 * @param classes the probabilities of the classes of each row [m][classes]
 */
record LabelSpreading(float[][] rows, float[][] classes) {

  /** Labelled rows up to which it is worth the time. */
  static final int MOST_LABELLED = 2000;

  static final int NEAREST = 7;
  private static final double ALPHA = 0.2; // the share of what comes from the neighbours
  private static final int ROUNDS = 100;
  private static final int MOST_ROWS = 5000;
  private static final double MOST_PRODUCTS = 2e9; // of cells, for the distances
  private static final double SETTLED = 1e-9;
  private static final double UNREACHED = 1e-30;

  /**
   * Spreads labels over the labelled rows and as many others as distances can be found to in time,
   * which are drawn.
   *
   * @param filled rows without NaN
   * @param targets the class of each row; NaN of rows without a label
   */
  static LabelSpreading fit(float[][] filled, double[] targets, int classes, long seed) {
    long most = Math.min(MOST_ROWS, (long) Math.sqrt(MOST_PRODUCTS / filled[0].length));
    int[] labelled = where(targets, true);
    int[] others = where(targets, false);
    long room = Math.max(0, most - labelled.length);
    int[] chosen =
        IntStream.concat(Arrays.stream(labelled), Arrays.stream(RowDraw.of(others, room, seed)))
            .toArray();
    float[][] rows = NetTraining.select(filled, chosen);
    double[][] start = new double[rows.length][classes];
    for (int i = 0; i < labelled.length; i++) {
      start[i][(int) targets[labelled[i]]] = 1;
    }
    double[][] spread = spread(links(rows), start);
    float[][] shares = new float[rows.length][];
    Arrays.setAll(shares, row -> shares(spread[row]));
    return new LabelSpreading(rows, shares);
  }

  private static int[] where(double[] targets, boolean isLabelled) {
    return IntStream.range(0, targets.length)
        .filter(row -> Double.isNaN(targets[row]) != isLabelled)
        .toArray();
  }

  /** The rows next to each row; links go both ways. */
  private static int[][] links(float[][] rows) {
    int[][] nearest = new int[rows.length][];
    IntStream.range(0, rows.length)
        .parallel()
        .forEach(row -> nearest[row] = nearest(rows, rows[row], row));
    boolean[] isNearest = new boolean[rows.length];
    int[][] back = back(nearest);
    int[][] links = new int[rows.length][];
    for (int row = 0; row < rows.length; row++) {
      Arrays.stream(nearest[row]).forEach(other -> isNearest[other] = true);
      int[] both =
          IntStream.concat(
                  Arrays.stream(nearest[row]),
                  Arrays.stream(back[row]).filter(other -> !isNearest[other]))
              .toArray();
      Arrays.stream(nearest[row]).forEach(other -> isNearest[other] = false);
      links[row] = both;
    }
    return links;
  }

  private static int[][] back(int[][] nearest) {
    int[] counts = new int[nearest.length];
    for (int[] of : nearest) {
      for (int other : of) {
        counts[other]++;
      }
    }
    int[][] back = new int[nearest.length][];
    Arrays.setAll(back, row -> new int[counts[row]]);
    for (int row = nearest.length - 1; row >= 0; row--) {
      for (int other : nearest[row]) {
        back[other][--counts[other]] = row;
      }
    }
    return back;
  }

  /** The nearest rows, but for one itself. */
  private static int[] nearest(float[][] rows, float[] row, int itself) {
    float[] distances = new float[rows.length];
    for (int other = 0; other < rows.length; other++) {
      distances[other] = other == itself ? Float.POSITIVE_INFINITY : distance(row, rows[other]);
    }
    return NearestRows.nearest(distances, NEAREST, null);
  }

  private static float distance(float[] a, float[] b) {
    float even = 0;
    float odd = 0;
    int i = 0;
    for (; i + 1 < a.length; i += 2) {
      float first = a[i] - b[i];
      float second = a[i + 1] - b[i + 1];
      even += first * first;
      odd += second * second;
    }
    float last = i < a.length ? a[i] - b[i] : 0;
    return even + odd + last * last;
  }

  /** F = alpha D^-1/2 W D^-1/2 F + (1 - alpha) Y, until nothing changes. */
  private static double[][] spread(int[][] links, double[][] start) {
    double[][] now = start;
    for (int round = 0; round < ROUNDS; round++) {
      double[][] before = now;
      double[][] next = new double[start.length][];
      double change = 0;
      for (int row = 0; row < next.length; row++) {
        next[row] = step(row, links, before, start[row]);
        for (int c = 0; c < next[row].length; c++) {
          change = Math.max(change, Math.abs(next[row][c] - before[row][c]));
        }
      }
      now = next;
      if (change < SETTLED) {
        break;
      }
    }
    return now;
  }

  private static double[] step(int row, int[][] links, double[][] before, double[] start) {
    double[] next = new double[start.length];
    for (int other : links[row]) {
      double weight = ALPHA / Math.sqrt((double) links[row].length * links[other].length);
      for (int c = 0; c < next.length; c++) {
        next[c] += weight * before[other][c];
      }
    }
    for (int c = 0; c < next.length; c++) {
      next[c] += (1 - ALPHA) * start[c];
    }
    return next;
  }

  /** Of rows that nothing has reached all classes are as likely. */
  private static float[] shares(double[] spread) {
    double sum = Arrays.stream(spread).sum();
    float[] shares = new float[spread.length];
    for (int c = 0; c < shares.length; c++) {
      shares[c] = (float) (sum > UNREACHED ? spread[c] / sum : 1.0 / shares.length);
    }
    return shares;
  }

  /** Probabilities of the classes of a row without NaN. */
  float[] output(float[] row) {
    float[] mean = new float[classes[0].length];
    int[] nearest = nearest(rows, row, -1);
    for (int other : nearest) {
      FloatRows.add1(mean, mean.length, 1f / nearest.length, classes[other]);
    }
    return mean;
  }
}
