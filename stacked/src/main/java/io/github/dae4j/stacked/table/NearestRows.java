package io.github.dae4j.stacked.table;

import java.util.Arrays;

/**
 * The mean squared distance of a row to the nearest of some reference rows, column by column.
 *
 * <p>Words that differ have distance 1. A cell that is missing on either side leaves its column
 * out, and the distance of what is left counts as that of all.
 *
 * @param rows [m][features], NaN of missing cells
 * @param values the same as [features][m], 0 of missing cells
 * @param known whether a cell is, as 0 or 1: [columns][m]; null of columns without missing cells
 */
record NearestRows(float[][] rows, float[][] values, float[][] known, FeatureLayout layout) {

  private static final int NEAREST = 5;

  static NearestRows of(float[][] rows, FeatureLayout layout) {
    float[][] values = new float[layout.features()][rows.length];
    float[][] known = new float[layout.columns()][];
    for (int row = 0; row < rows.length; row++) {
      for (int column = 0; column < layout.columns(); column++) {
        int from = layout.from()[column];
        if (Float.isNaN(rows[row][from])) {
          if (known[column] == null) {
            known[column] = new float[rows.length];
            Arrays.fill(known[column], 1);
          }
          known[column][row] = 0;
        } else {
          for (int i = from; i < layout.from()[column + 1]; i++) {
            values[i][row] = rows[row][i];
          }
        }
      }
    }
    return new NearestRows(rows, values, known, layout);
  }

  /**
   * The part of each column [columns].
   *
   * @param row NaN of what is missing
   * @param itself the number of a reference that is not compared with; -1 for none
   */
  float[] distances(float[] row, int itself) {
    float[] sums = means(row);
    if (itself >= 0) {
      sums[itself] = Float.POSITIVE_INFINITY;
    }
    return parts(row, nearest(sums, NEAREST, null));
  }

  /**
   * Rows whose missing cells are the means of so many nearest rows that know them. Of words they
   * are shares, to which the shares of all rows count as one more: what no near row says is not
   * impossible.
   *
   * @param usual the means of all rows
   * @param counts how many rows, for each of the results
   */
  float[][] fill(float[] row, float[] usual, int[] counts) {
    float[] sums = means(row);
    float[][] filled = new float[counts.length][];
    Arrays.setAll(filled, i -> row.clone());
    int most = Arrays.stream(counts).max().orElse(0);
    int[] ofAll = null;
    for (int column = 0; column < layout.columns(); column++) {
      if (Float.isNaN(row[layout.from()[column]])) {
        if (known[column] == null && ofAll == null) {
          ofAll = nearest(sums, most, null);
        }
        int[] nearest = known[column] == null ? ofAll : nearest(sums, most, known[column]);
        for (int i = 0; i < counts.length; i++) {
          fill(filled[i], column, nearest, Math.min(counts[i], nearest.length), usual);
        }
      }
    }
    return filled;
  }

  private void fill(float[] filled, int column, int[] nearest, int count, float[] usual) {
    for (int i = layout.from()[column]; i < layout.from()[column + 1]; i++) {
      boolean isShare = layout.words()[column] || count == 0;
      float sum = isShare ? usual[i] : 0;
      for (int k = 0; k < count; k++) {
        sum += rows[nearest[k]][i];
      }
      filled[i] = sum / (count + (isShare ? 1 : 0));
    }
  }

  /** The mean distance to each row over the columns that both know. */
  private float[] means(float[] row) {
    float[] sums = new float[rows.length];
    float[] shared = new float[rows.length];
    for (int column = 0; column < layout.columns(); column++) {
      if (!Float.isNaN(row[layout.from()[column]])) {
        add(column, row, sums);
        if (known[column] == null) {
          for (int i = 0; i < shared.length; i++) {
            shared[i]++;
          }
        } else {
          FloatRows.add1(shared, shared.length, 1, known[column]);
        }
      }
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] = shared[i] == 0 ? Float.MAX_VALUE : sums[i] / shared[i];
    }
    return sums;
  }

  private void add(int column, float[] row, float[] sums) {
    int from = layout.from()[column];
    int to = layout.from()[column + 1];
    if (layout.words()[column]) {
      int word = from;
      while (word < to && row[word] == 0) {
        word++;
      }
      addWord(sums, word < to ? values[word] : null, known[column]);
    } else {
      for (int i = from; i < to; i++) {
        addNumber(sums, row[i], values[i], known[column]);
      }
    }
  }

  private static void addNumber(float[] sums, float x, float[] values, float[] known) {
    if (known == null) {
      for (int i = 0; i < sums.length; i++) {
        float difference = values[i] - x;
        sums[i] += difference * difference;
      }
    } else {
      for (int i = 0; i < sums.length; i++) {
        float difference = values[i] - x;
        sums[i] += known[i] * difference * difference;
      }
    }
  }

  private static void addWord(float[] sums, float[] same, float[] known) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += (known == null ? 1 : known[i]) * (same == null ? 1 : 1 - same[i]);
    }
  }

  /**
   * The places of the least sums, ascending, but for infinite ones.
   *
   * @param known 0 of those that do not count; null if all do
   */
  static int[] nearest(float[] sums, int most, float[] known) {
    int count = Math.min(most, sums.length);
    int[] nearest = new int[count];
    int filled = 0;
    float worst = Float.POSITIVE_INFINITY;
    for (int i = 0; i < sums.length; i++) {
      boolean counts = sums[i] < Float.POSITIVE_INFINITY && (known == null || known[i] > 0);
      if (counts && (filled < count || sums[i] < worst)) {
        int place = filled < count ? filled++ : count - 1;
        while (place > 0 && sums[nearest[place - 1]] > sums[i]) {
          nearest[place] = nearest[place - 1];
          place--;
        }
        nearest[place] = i;
        worst = sums[nearest[filled - 1]];
      }
    }
    return filled == count ? nearest : Arrays.copyOf(nearest, filled);
  }

  private float[] parts(float[] row, int[] nearest) {
    float[] parts = new float[layout.columns()];
    for (int column = 0; column < parts.length; column++) {
      int from = layout.from()[column];
      int count = 0;
      for (int other : nearest) {
        if (!Float.isNaN(row[from]) && !Float.isNaN(rows[other][from])) {
          parts[column] += part(column, row, rows[other]);
          count++;
        }
      }
      parts[column] /= Math.max(1, count);
    }
    return parts;
  }

  private float part(int column, float[] a, float[] b) {
    float sum = 0;
    boolean hasWord = false;
    for (int i = layout.from()[column]; i < layout.from()[column + 1]; i++) {
      float difference = a[i] - b[i];
      sum += difference * difference;
      hasWord |= a[i] > 0;
    }
    return layout.words()[column] ? (hasWord ? sum / 2 : 1) : sum;
  }
}
