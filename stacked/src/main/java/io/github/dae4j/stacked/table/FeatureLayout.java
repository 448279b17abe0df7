package io.github.dae4j.stacked.table;

import io.github.dae4j.layer.ColumnBlock;
import java.util.List;

/**
 * Which features belong to which column.
 *
 * @param from the first feature of each column, and at the end the number of features
 * @param words whether a column is a one-hot block
 */
record FeatureLayout(int[] from, boolean[] words) {

  static FeatureLayout of(List<Column> columns) {
    int[] from = new int[columns.size() + 1];
    boolean[] words = new boolean[columns.size()];
    for (int column = 0; column < words.length; column++) {
      from[column + 1] = from[column] + columns.get(column).width();
      words[column] = columns.get(column).kind() == ColumnBlock.Kind.CATEGORICAL;
    }
    return new FeatureLayout(from, words);
  }

  int columns() {
    return words.length;
  }

  int features() {
    return from[words.length];
  }

  /** Pre-outputs of a net become what it expects: numbers within bounds, words as probabilities. */
  void expected(float[] out, float bound) {
    for (int column = 0; column < words.length; column++) {
      if (words[column]) {
        softmax(out, from[column], from[column + 1]);
      } else {
        for (int i = from[column]; i < from[column + 1]; i++) {
          out[i] = Math.max(-bound, Math.min(bound, out[i]));
        }
      }
    }
  }

  private static void softmax(float[] out, int from, int to) {
    float sum = 0;
    for (int i = from; i < to; i++) {
      float logit = Math.max(-LOGIT, Math.min(LOGIT, out[i]));
      out[i] = (float) Math.exp(logit);
      sum += out[i];
    }
    for (int i = from; i < to; i++) {
      out[i] /= sum;
    }
  }

  static final float LOGIT = 15;

  /**
   * The error of a column: squared of numbers, -ln p of a word.
   *
   * @param expected by {@link #expected}
   * @param row with a one-hot block of words
   */
  float error(int column, float[] expected, float[] row) {
    float error = 0;
    for (int i = from[column]; i < from[column + 1]; i++) {
      if (!words[column]) {
        float difference = expected[i] - row[i];
        error += difference * difference;
      } else if (row[i] > 0) {
        error -= (float) Math.log(expected[i]);
      }
    }
    return error;
  }
}
