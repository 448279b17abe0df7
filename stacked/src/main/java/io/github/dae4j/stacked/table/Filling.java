package io.github.dae4j.stacked.table;

import java.util.Arrays;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * What a missing cell is filled with, from several expectations of it: those of the net, of so many
 * nearest rows, of the normal distribution, and the mean of all rows, in this order.
 *
 * <p>Numbers are weighted sums. Probabilities of words are products of powers, p ~ prod p_k^w_k, so
 * that an expectation may also count against a word that is merely common; {@link FillingSearch}
 * finds the weights. Models of earlier versions have weighted sums for both.
 *
 * @param nearest how many nearest rows each of their expectations comes from
 * @param ofNumbers weights of all expectations
 * @param ofWords the same, or exponents
 * @param powers whether those of words are exponents
 */
record Filling(
    @JsonProperty(required = true) int[] nearest,
    @JsonProperty(required = true) double[] ofNumbers,
    @JsonProperty(required = true) double[] ofWords,
    @JsonProperty(required = true) boolean powers) {

  /** What a word is given at least, before powers are taken. */
  static final float LEAST_PROBABILITY = 0.001f;

  /** Besides those of nearest rows: net, normal distribution, mean. */
  static final int OTHERS = 3;

  private static final int MOST_NEAREST = 1000;
  private static final double MOST_WEIGHT = 1000;

  Filling {
    int expectations = nearest.length + OTHERS;
    if (ofNumbers.length != expectations || ofWords.length != expectations) {
      throw new IllegalArgumentException(
          "filling needs %d weights, got %d of numbers and %d of words"
              .formatted(expectations, ofNumbers.length, ofWords.length));
    }
    for (int rows : nearest) {
      if (rows < 1 || rows > MOST_NEAREST) {
        throw new IllegalArgumentException(
            "filling takes 1 to %d nearest rows, got %d".formatted(MOST_NEAREST, rows));
      }
    }
    requireWeights(ofNumbers);
    requireWeights(ofWords);
  }

  private static void requireWeights(double[] weights) {
    for (double weight : weights) {
      if (!(Math.abs(weight) <= MOST_WEIGHT)) {
        throw new IllegalArgumentException(
            "weights of filling must be within %s, got %s".formatted(MOST_WEIGHT, weight));
      }
    }
  }

  /** The sums of models of earlier versions: what is left is the normal distribution's. */
  static Filling ofSums(double net, double near, double netOfWords, double nearOfWords) {
    return new Filling(new int[] {10}, sum(net, near), sum(netOfWords, nearOfWords), false);
  }

  private static double[] sum(double net, double near) {
    if (!(net >= 0 && near >= 0 && net + near <= 1 + 1e-9)) {
      throw new IllegalArgumentException(
          "weights must be >= 0 and at most 1 together, got %s and %s".formatted(net, near));
    }
    return new double[] {net, near, 1 - net - near, 0};
  }

  /** Whether nearest rows have a say. */
  boolean needsNearest() {
    boolean needs = false;
    for (int i = 1; i <= nearest.length; i++) {
      needs |= ofNumbers[i] != 0 || ofWords[i] != 0;
    }
    return needs;
  }

  /**
   * Fills the missing cells of the net's expectation, the first, from all.
   *
   * @param row NaN of what is missing
   * @param expected [expectations][features]
   */
  void fill(float[] row, FeatureLayout layout, float[][] expected) {
    for (int column = 0; column < layout.columns(); column++) {
      int from = layout.from()[column];
      int to = layout.from()[column + 1];
      if (to > from && Float.isNaN(row[from])) {
        if (layout.words()[column] && powers) {
          multiply(from, to, expected);
        } else {
          add(from, to, layout.words()[column] ? ofWords : ofNumbers, expected);
        }
      }
    }
  }

  private static void add(int from, int to, double[] weights, float[][] expected) {
    for (int i = from; i < to; i++) {
      double sum = 0;
      for (int k = 0; k < weights.length; k++) {
        sum += weights[k] * expected[k][i];
      }
      expected[0][i] = (float) Math.max(-TableNet.BOUND, Math.min(TableNet.BOUND, sum));
    }
  }

  private void multiply(int from, int to, float[][] expected) {
    double[] logs = new double[to - from];
    for (int i = from; i < to; i++) {
      for (int k = 0; k < ofWords.length; k++) {
        logs[i - from] += ofWords[k] * log(expected[k][i]);
      }
    }
    double most = Arrays.stream(logs).max().orElseThrow();
    double sum = 0;
    for (double log : logs) {
      sum += Math.exp(log - most);
    }
    for (int i = from; i < to; i++) {
      expected[0][i] = (float) (Math.exp(logs[i - from] - most) / sum);
    }
  }

  /** Of a probability; what has hardly any counts as a little. */
  static double log(float probability) {
    return Math.log(Math.max(probability, LEAST_PROBABILITY));
  }
}
