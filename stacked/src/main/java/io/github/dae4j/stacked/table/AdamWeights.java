package io.github.dae4j.stacked.table;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Parameters with their gradient and Adam's moments (Kingma and Ba 2015), an array for each row.
 */
final class AdamWeights {

  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float EPSILON = 1e-8f;

  private final float[][] values;
  private final float[][] gradient;
  private final float[][] mean;
  private final float[][] square;

  AdamWeights(int rows, int columns) {
    this(IntStream.generate(() -> columns).limit(rows).toArray());
  }

  AdamWeights(int[] widths) {
    values = rows(widths);
    gradient = rows(widths);
    mean = rows(widths);
    square = rows(widths);
  }

  /** Begins with copies of some rows. */
  AdamWeights(float[][] start) {
    this(Arrays.stream(start).mapToInt(row -> row.length).toArray());
    for (int row = 0; row < start.length; row++) {
      System.arraycopy(start[row], 0, values[row], 0, start[row].length);
    }
  }

  private static float[][] rows(int[] widths) {
    return Arrays.stream(widths).mapToObj(float[]::new).toArray(float[][]::new);
  }

  /** Draws uniformly from -bound to bound. */
  AdamWeights draw(double bound, SplittableRandom random) {
    for (float[] row : values) {
      for (int i = 0; i < row.length; i++) {
        row[i] = (float) (bound * (2 * random.nextDouble() - 1));
      }
    }
    return this;
  }

  float[][] values() {
    return values;
  }

  float[][] gradient() {
    return gradient;
  }

  void clear() {
    for (float[] row : gradient) {
      Arrays.fill(row, 0);
    }
  }

  /** A rate that falls to 0 along a cosine. */
  static double cosine(double rate, int update, int updates) {
    return rate * 0.5 * (1 + Math.cos(Math.PI * update / updates));
  }

  /**
   * One step against the gradient.
   *
   * @param update counted from 0
   * @param decay of the weights themselves, times the rate (Loshchilov and Hutter 2019)
   */
  void update(double rate, int update, double decay) {
    float scaled = (float) (rate / (1 - Math.pow(BETA1, update + 1)));
    float correction = (float) (1 / Math.sqrt(1 - Math.pow(BETA2, update + 1)));
    float kept = (float) (1 - rate * decay);
    for (int row = 0; row < values.length; row++) {
      step(values[row], gradient[row], mean[row], square[row], scaled, correction, kept);
    }
  }

  private static void step(
      float[] p, float[] g, float[] m, float[] s, float rate, float correction, float kept) {
    for (int i = 0; i < p.length; i++) {
      m[i] += (1 - BETA1) * (g[i] - m[i]);
      s[i] += (1 - BETA2) * (g[i] * g[i] - s[i]);
      p[i] = kept * p[i] - rate * m[i] / ((float) Math.sqrt(s[i]) * correction + EPSILON);
    }
  }
}
