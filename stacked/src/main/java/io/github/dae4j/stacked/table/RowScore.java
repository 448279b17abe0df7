package io.github.dae4j.stacked.table;

import java.util.List;
import java.util.function.IntFunction;

/** How unusual a row is, and why. */
public final class RowScore {

  private static final int FEW = 3;

  private final double value;
  private final double threshold;
  private final double[] contributions;
  private final IntFunction<List<Reason>> reasons;

  RowScore(
      double value, double threshold, double[] contributions, IntFunction<List<Reason>> reasons) {
    this.value = value;
    this.threshold = threshold;
    this.contributions = contributions;
    this.reasons = reasons;
  }

  /** 1 of a usual row; the higher, the more unusual. */
  public double value() {
    return value;
  }

  /** The value above which a row is an anomaly. */
  public double threshold() {
    return threshold;
  }

  public boolean isAnomaly() {
    return value > threshold;
  }

  /** What each column of the model's schema adds to the value. */
  public double[] contributions() {
    return contributions.clone();
  }

  /**
   * The three columns that add most, the first first, of those that are not as expected; at least
   * one.
   */
  public List<Reason> reasons() {
    return reasons(FEW);
  }

  /** So many columns at most; what is expected is computed when this is called. */
  public List<Reason> reasons(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("reasons must be at least 1, got " + most);
    }
    return reasons.apply(most);
  }

  @Override
  public String toString() {
    return "%.3f%s %s".formatted(value, isAnomaly() ? " (anomaly)" : "", reasons());
  }
}
