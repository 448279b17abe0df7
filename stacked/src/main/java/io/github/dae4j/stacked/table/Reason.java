package io.github.dae4j.stacked.table;

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

  /** Whether the cell is another than expected, or one that training has not seen. */
  boolean isDeviation() {
    return !note.isEmpty() || value != null && !(expected != null && isSame(value, expected));
  }

  private static boolean isSame(String value, String expected) {
    return value.strip().equals(expected) || number(value) == number(expected);
  }

  /** NaN, which equals nothing, of what is no number. */
  private static double number(String cell) {
    try {
      return Double.parseDouble(cell.strip().replace(',', '.'));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

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
