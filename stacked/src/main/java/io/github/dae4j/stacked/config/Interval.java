package io.github.dae4j.stacked.config;

/** The numbers that a key may have, and how a message says it. */
enum Interval {
  ANY("") {
    @Override
    boolean contains(double value) {
      return true;
    }
  },
  COUNT("in [1, 1000000]") {
    @Override
    boolean contains(double value) {
      return value >= 1 && value <= 1_000_000;
    }
  },
  POSITIVE("> 0") {
    @Override
    boolean contains(double value) {
      return value > 0;
    }
  },
  NOT_NEGATIVE(">= 0") {
    @Override
    boolean contains(double value) {
      return value >= 0;
    }
  },
  AT_LEAST_ONE(">= 1") {
    @Override
    boolean contains(double value) {
      return value >= 1;
    }
  },
  UNIT("in [0, 1]") {
    @Override
    boolean contains(double value) {
      return value >= 0 && value <= 1;
    }
  },
  BELOW_ONE("in [0, 1)") {
    @Override
    boolean contains(double value) {
      return value >= 0 && value < 1;
    }
  },
  ABOVE_ZERO_TO_ONE("in (0, 1]") {
    @Override
    boolean contains(double value) {
      return value > 0 && value <= 1;
    }
  };

  private final String text;

  Interval(String text) {
    this.text = text;
  }

  abstract boolean contains(double value);

  @Override
  public String toString() {
    return text;
  }
}
