package io.github.dae4j.internal.compute;

/** Activation functions s(a) whose derivative follows from y = s(a), as loops over a row. */
public enum Activation {
  IDENTITY {
    @Override
    void apply(float[] a, float[] b, int n) {
      for (int i = 0; i < n; i++) {
        a[i] += b[i];
      }
    }

    @Override
    void backprop(float[] y, float[] g, int n) {}
  },

  SIGMOID {
    @Override
    void apply(float[] a, float[] b, int n) {
      for (int i = 0; i < n; i++) {
        a[i] = Sigmoid.of(a[i] + b[i]);
      }
    }

    @Override
    void backprop(float[] y, float[] g, int n) {
      for (int i = 0; i < n; i++) {
        g[i] *= y[i] * (1 - y[i]);
      }
    }
  },

  TANH {
    @Override
    void apply(float[] a, float[] b, int n) {
      for (int i = 0; i < n; i++) {
        a[i] = Sigmoid.tanh(a[i] + b[i]);
      }
    }

    @Override
    void backprop(float[] y, float[] g, int n) {
      for (int i = 0; i < n; i++) {
        g[i] *= 1 - y[i] * y[i];
      }
    }
  },

  RELU {
    @Override
    void apply(float[] a, float[] b, int n) {
      for (int i = 0; i < n; i++) {
        a[i] = Math.max(0f, a[i] + b[i]);
      }
    }

    @Override
    void backprop(float[] y, float[] g, int n) {
      for (int i = 0; i < n; i++) {
        g[i] *= Math.min(1f, y[i] * Float.MAX_VALUE); // 0 or 1, without a branch
      }
    }
  };

  /** a becomes s(a + b). */
  abstract void apply(float[] a, float[] b, int n);

  /** g = dL/dy becomes dL/da. */
  abstract void backprop(float[] y, float[] g, int n);
}
