package io.github.dae4j.stacked.table;

/**
 * Rows as arrays, and sums of weighted rows of a matrix that is an array for each row: loops that
 * the compiler turns into vector instructions. The order of additions depends on the weights alone,
 * so results are the same bits in any thread and any batch.
 */
final class FloatRows {

  private FloatRows() {}

  /** out += sum of weights[k] rows[k]; weights of 0 cost nothing. */
  static void add(float[] out, int n, float[] weights, float[][] rows, int[] scratch) {
    int count = 0;
    for (int k = 0; k < rows.length; k++) {
      if (weights[k] != 0) {
        scratch[count++] = k;
      }
    }
    int i = 0;
    for (; i + 3 < count; i += 4) {
      int a = scratch[i];
      int b = scratch[i + 1];
      int c = scratch[i + 2];
      int d = scratch[i + 3];
      add4(
          out,
          n,
          weights[a],
          rows[a],
          weights[b],
          rows[b],
          weights[c],
          rows[c],
          weights[d],
          rows[d]);
    }
    for (; i < count; i++) {
      add1(out, n, weights[scratch[i]], rows[scratch[i]]);
    }
  }

  static void add4(
      float[] out,
      int n,
      float a,
      float[] x,
      float b,
      float[] y,
      float c,
      float[] z,
      float d,
      float[] w) {
    for (int i = 0; i < n; i++) {
      out[i] += a * x[i] + b * y[i] + c * z[i] + d * w[i];
    }
  }

  static void add1(float[] out, int n, float a, float[] x) {
    for (int i = 0; i < n; i++) {
      out[i] += a * x[i];
    }
  }

  /** A copy with no value beyond a bound on either side. */
  static float[] bounded(float[] row, float bound) {
    float[] bounded = row.clone();
    for (int i = 0; i < bounded.length; i++) {
      if (bounded[i] > bound || bounded[i] < -bound) {
        bounded[i] = Math.copySign(bound, bounded[i]);
      }
    }
    return bounded;
  }

  /** Whether a value is NaN. */
  static boolean hasHoles(float[] row) {
    for (float value : row) {
      if (Float.isNaN(value)) {
        return true;
      }
    }
    return false;
  }

  /** Negative values become 0. */
  static void rectify(float[] row, int n) {
    for (int i = 0; i < n; i++) {
      row[i] = Math.max(0f, row[i]);
    }
  }
}
