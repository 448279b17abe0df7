package io.github.dae4j.stacked.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;

/**
 * Finds the weights of a {@link Filling} on cells whose truth is known: least squares of numbers,
 * and the least -ln p of words, which is convex in the exponents.
 *
 * <p>Few cells say little. Therefore weights are drawn to equal ones, as strongly as some fifty
 * cells draw them elsewhere.
 */
final class FillingSearch {

  /** The nearest rows: few that are alike, and many that agree. */
  private static final int[] NEAREST = {5, 20};

  private static final double EQUAL_CELLS = 50;
  private static final int NET = 0;
  private static final int NORMAL = 1 + NEAREST.length;
  private static final int EXPECTATIONS = NEAREST.length + Filling.OTHERS;
  private static final int ROUNDS = 50;
  private static final double ENOUGH = 1e-9;

  /** Sums over numbers, of differences to the normal distribution: net and nearest rows. */
  private final double[][] products = new double[NORMAL][NORMAL];

  private final double[] byTruth = new double[NORMAL];
  private double squared;
  private long numbers;
  private final List<Word> words = new ArrayList<>();

  /** The logarithms of probabilities [expectations][words], and which word is right. */
  private record Word(float[][] logs, int truth) {}

  static int[] nearest() {
    return NEAREST.clone();
  }

  /** The expectations of features from one that is a number. */
  void addNumber(double truth, float[][] expected, int feature) {
    double normally = expected[NORMAL][feature];
    double y = truth - normally;
    for (int i = 0; i < NORMAL; i++) {
      double a = expected[i][feature] - normally;
      byTruth[i] += a * y;
      for (int j = 0; j < NORMAL; j++) {
        products[i][j] += a * (expected[j][feature] - normally);
      }
    }
    squared += y * y;
    numbers++;
  }

  /**
   * The expectations of a column of words.
   *
   * @param truth the feature of the word that is right
   */
  void addWord(int truth, float[][] expected, int from, int to) {
    float[][] logs = new float[EXPECTATIONS][to - from];
    for (int k = 0; k < EXPECTATIONS; k++) {
      for (int i = from; i < to; i++) {
        logs[k][i - from] = (float) Filling.log(expected[k][i]);
      }
    }
    words.add(new Word(logs, truth - from));
  }

  Filling found() {
    return new Filling(nearest(), ofNumbers(), ofWords(), true);
  }

  /** A third each; that of nearest rows is divided among them. */
  private static double[] equal() {
    double[] equal = new double[EXPECTATIONS];
    Arrays.fill(equal, 1, NORMAL, 1.0 / 3 / NEAREST.length);
    equal[NET] = 1.0 / 3;
    equal[NORMAL] = 1.0 / 3;
    return equal;
  }

  private double[] ofNumbers() {
    double[] weights = equal();
    double ridge = squared * EQUAL_CELLS / Math.max(1, numbers);
    if (ridge > 0) {
      double[][] matrix = new double[NORMAL][];
      double[] right = new double[NORMAL];
      for (int i = 0; i < NORMAL; i++) {
        matrix[i] = products[i].clone();
        matrix[i][i] += ridge;
        right[i] = byTruth[i] + ridge * weights[i];
      }
      System.arraycopy(solved(matrix, right), 0, weights, 0, NORMAL);
      weights[NORMAL] = 1 - Arrays.stream(weights, 0, NORMAL).sum();
    }
    return weights;
  }

  /** Newton's method, with half a step where a whole one would go too far. */
  private double[] ofWords() {
    double[] weights = equal();
    double loss = loss(weights);
    for (int round = 0; round < ROUNDS; round++) {
      double[] step = step(weights);
      double size = 1;
      double[] next = moved(weights, step, size);
      double nextLoss = loss(next);
      while (nextLoss > loss && size > ENOUGH) {
        size /= 2;
        next = moved(weights, step, size);
        nextLoss = loss(next);
      }
      if (!(loss - nextLoss > ENOUGH * loss)) {
        return weights;
      }
      weights = next;
      loss = nextLoss;
    }
    return weights;
  }

  private static double[] moved(double[] weights, double[] step, double size) {
    double[] moved = weights.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += size * step[i];
    }
    return moved;
  }

  private double loss(double[] weights) {
    double[] equal = equal();
    double loss = 0;
    for (int i = 0; i < weights.length; i++) {
      loss += EQUAL_CELLS * (weights[i] - equal[i]) * (weights[i] - equal[i]);
    }
    for (Word word : words) {
      loss -= Math.log(probabilities(word, weights)[word.truth()]);
    }
    return loss;
  }

  private static double[] probabilities(Word word, double[] weights) {
    double[] p = new double[word.logs()[0].length];
    for (int k = 0; k < weights.length; k++) {
      for (int i = 0; i < p.length; i++) {
        p[i] += weights[k] * word.logs()[k][i];
      }
    }
    double most = Arrays.stream(p).max().orElseThrow();
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      p[i] = Math.exp(p[i] - most);
      sum += p[i];
    }
    for (int i = 0; i < p.length; i++) {
      p[i] = Math.max(Double.MIN_NORMAL, p[i] / sum);
    }
    return p;
  }

  /** Where the gradient of the loss, as seen from these weights, is 0. */
  private double[] step(double[] weights) {
    double[] equal = equal();
    double[][] curvature = new double[EXPECTATIONS][EXPECTATIONS];
    double[] down = new double[EXPECTATIONS];
    for (int i = 0; i < EXPECTATIONS; i++) {
      curvature[i][i] = 2 * EQUAL_CELLS;
      down[i] = 2 * EQUAL_CELLS * (equal[i] - weights[i]);
    }
    for (Word word : words) {
      double[] p = probabilities(word, weights);
      double[] mean = new double[EXPECTATIONS];
      for (int k = 0; k < EXPECTATIONS; k++) {
        for (int i = 0; i < p.length; i++) {
          mean[k] += p[i] * word.logs()[k][i];
        }
        down[k] += word.logs()[k][word.truth()] - mean[k];
      }
      for (int i = 0; i < p.length; i++) {
        for (int k = 0; k < EXPECTATIONS; k++) {
          double a = p[i] * (word.logs()[k][i] - mean[k]);
          for (int other = 0; other < EXPECTATIONS; other++) {
            curvature[k][other] += a * (word.logs()[other][i] - mean[other]);
          }
        }
      }
    }
    return solved(curvature, down);
  }

  /** Of a positive definite matrix that is symmetric but for rounding. */
  private static double[] solved(double[][] matrix, double[] right) {
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < i; j++) {
        matrix[i][j] = matrix[j][i];
      }
    }
    return new CholeskyDecomposition(new Array2DRowRealMatrix(matrix, false), 0, 0)
        .getSolver()
        .solve(new ArrayRealVector(right, false))
        .toArray();
  }
}
