package io.github.dae4j.stacked.ladder;

/** Activation functions of hidden units, whose derivative follows from their value. */
enum Units {
  IDENTITY(false) {
    @Override
    double of(double a) {
      return a;
    }

    @Override
    double derivative(double h) {
      return 1;
    }
  },
  RELU(false) {
    @Override
    double of(double a) {
      return Math.max(0, a);
    }

    @Override
    double derivative(double h) {
      return h > 0 ? 1 : 0;
    }
  },
  SIGMOID(true) {
    @Override
    double of(double a) {
      return sigmoid(a);
    }

    @Override
    double derivative(double h) {
      return h * (1 - h);
    }
  },
  TANH(true) {
    @Override
    double of(double a) {
      return Math.tanh(a);
    }

    @Override
    double derivative(double h) {
      return 1 - h * h;
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

  abstract double of(double a);

  /** At a, from h = of(a). */
  abstract double derivative(double h);

  static double sigmoid(double a) {
    return 1 / (1 + Math.exp(-a));
  }
}
