package io.github.dae4j.stacked.ladder;

import io.github.dae4j.internal.compute.Sigmoid;

/** Activation functions of hidden units, whose derivative follows from their value. */
enum Units {
  IDENTITY(false) {
    @Override
    void apply(double[] a, int from, int to) {}

    @Override
    void backprop(double[] h, double[] g, int from, int to) {}
  },
  RELU(false) {
    @Override
    void apply(double[] a, int from, int to) {
      for (int i = from; i < to; i++) {
        a[i] = Math.max(0, a[i]);
      }
    }

    @Override
    void backprop(double[] h, double[] g, int from, int to) {
      for (int i = from; i < to; i++) {
        g[i] *= Math.min(1, h[i] * Double.MAX_VALUE); // 0 or 1, without a branch
      }
    }
  },
  SIGMOID(true) {
    @Override
    void apply(double[] a, int from, int to) {
      for (int i = from; i < to; i++) {
        a[i] = Sigmoid.of(a[i]);
      }
    }

    @Override
    void backprop(double[] h, double[] g, int from, int to) {
      for (int i = from; i < to; i++) {
        g[i] *= h[i] * (1 - h[i]);
      }
    }
  },
  TANH(true) {
    @Override
    void apply(double[] a, int from, int to) {
      for (int i = from; i < to; i++) {
        a[i] = 2 * Sigmoid.of(2 * a[i]) - 1;
      }
    }

    @Override
    void backprop(double[] h, double[] g, int from, int to) {
      for (int i = from; i < to; i++) {
        g[i] *= 1 - h[i] * h[i];
      }
    }
  };

  private final boolean needsScale;

  Units(boolean needsScale) {
    this.needsScale = needsScale;
  }

  /** False where a scale before it is one of the weights behind it. */
  boolean needsScale() {
    return needsScale;
  }

  /** Cells of a become those of h. */
  abstract void apply(double[] a, int from, int to);

  /** g = dL/dh becomes dL/da. */
  abstract void backprop(double[] h, double[] g, int from, int to);
}
