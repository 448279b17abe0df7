package io.github.dae4j.stacked.table;

import java.math.BigDecimal;
import java.sql.Timestamp;

/** Values of Java as the text of a cell, numbers with a decimal point. */
final class CellText {

  private CellText() {}

  /** Null of null and of NaN, which say nothing. */
  static String of(Object value) {
    if (value == null || value instanceof String) {
      return (String) value;
    }
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      return Double.isNaN(number) ? null : number(value, number);
    }
    if (value instanceof Timestamp time) { // whose own text has tenths of seconds, and no T
      return time.toLocalDateTime().toString();
    }
    return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }

  /** 45.0 is 45, as a person would write it. */
  private static String number(Object value, double number) {
    boolean isWhole = number == Math.rint(number) && Math.abs(number) < 1e15;
    return isWhole ? Long.toString((long) number) : value.toString();
  }
}
