package io.github.dae4j.cli.config;

import java.util.function.DoublePredicate;

/** The numbers that a key may have, and how a message says it; NaN is in none. */
enum Interval {
  ANY("finite", Double::isFinite),
  COUNT("in [1, 1000000]", value -> value >= 1 && value <= 1_000_000),
  THREADS("in [1, 256]", value -> value >= 1 && value <= 256),
  AT_LEAST_ONE(">= 1", value -> value >= 1),
  POSITIVE("> 0", value -> value > 0),
  NOT_NEGATIVE(">= 0", value -> value >= 0),
  UNIT("in [0, 1]", value -> value >= 0 && value <= 1),
  BELOW_ONE("in [0, 1)", value -> value >= 0 && value < 1),
  WITHIN_UNIT("in (0, 1)", value -> value > 0 && value < 1),
  ABOVE_ZERO_TO_ONE("in (0, 1]", value -> value > 0 && value <= 1);

  private final String text;
  private final DoublePredicate holds;

  Interval(String text, DoublePredicate holds) {
    this.text = text;
    this.holds = holds;
  }

  /** Whether a number is in it; infinity never is. */
  boolean contains(double value) {
    return Double.isFinite(value) && holds.test(value);
  }

  @Override
  public String toString() {
    return text;
  }
}
