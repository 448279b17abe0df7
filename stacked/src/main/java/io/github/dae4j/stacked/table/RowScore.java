package io.github.dae4j.stacked.table;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** How unusual a row is, and why. */
public final class RowScore {

  private static final int FEW = 3;

  private final double value;
  private final double threshold;
  private final double[] contributions;
  private final Supplier<Stream<Reason>> columns;
  private final Predicate<Reason> isDeviation;

  RowScore(
      double value,
      double threshold,
      double[] contributions,
      Supplier<Stream<Reason>> columns,
      Predicate<Reason> isDeviation) {
    this.value = value;
    this.threshold = threshold;
    this.contributions = contributions;
    this.columns = columns;
    this.isDeviation = isDeviation;
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
    List<Reason> reasons = columns.get().filter(isDeviation).limit(most).toList();
    return reasons.isEmpty() ? columns.get().limit(1).toList() : reasons;
  }

  /** All columns, also those that are as expected, the one that adds most first. */
  public List<Reason> columns() {
    return columns.get().toList();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%.3f%s %s", value, isAnomaly() ? " (anomaly)" : "", reasons());
  }

  /**
   * What one column adds to the score of a row.
   *
   * @param column the name
   * @param value the cell as it was written; null if it is missing
   * @param expected what the other columns let one expect, in the user's units and words; null if
   *     nothing can be said
   * @param contribution to the score, which is the sum of all
   * @param note "never seen in training", "beyond 18 to 65, which training has seen", or ""
   */
  public record Reason(
      String column, String value, String expected, double contribution, String note) {

    /** "job is 'doctor', never seen in training; expected 'teacher'". */
    @Override
    public String toString() {
      return "%s is %s%s%s"
          .formatted(
              column,
              value == null ? "missing" : "'" + value + "'",
              note.isEmpty() ? "" : ", " + note,
              expected == null ? "" : "; expected '" + expected + "'");
    }
  }
}
