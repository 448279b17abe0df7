package io.github.dae4j.stacked.table;

import java.math.BigDecimal;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.OffsetTime;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Values of Java as the text of a cell, numbers with a decimal point, dates by ISO 8601. */
final class CellText {

  private CellText() {}

  /**
   * Null of null, of NaN and of an empty Optional, which say nothing.
   *
   * @throws TableException naming column and class of what is not one value
   */
  static String of(String column, Object value) {
    Object content = content(value);
    if (content instanceof Collection
        || content instanceof Map
        || content != null && content.getClass().isArray()) {
      throw new TableException(
          "column '%s' must hold a number, a word, a date, a time, a boolean or null, got a %s"
              .formatted(column, content.getClass().getSimpleName()));
    }
    return of(content);
  }

  private static Object content(Object value) {
    if (value instanceof Optional<?> optional) {
      return content(optional.orElse(null));
    }
    if (value instanceof OptionalDouble number) {
      return number.isPresent() ? number.getAsDouble() : null;
    }
    if (value instanceof OptionalInt number) {
      return number.isPresent() ? number.getAsInt() : null;
    }
    if (value instanceof OptionalLong number) {
      return number.isPresent() ? number.getAsLong() : null;
    }
    return value;
  }

  /** Null of null and of NaN, which say nothing. */
  static String of(Object value) {
    if (value == null || value instanceof String) {
      return (String) value;
    }
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      return Double.isNaN(number) ? null : number(value, number);
    }
    return value instanceof BigDecimal number ? number.toPlainString() : time(value).toString();
  }

  /** 45.0 is 45, as a person would write it. */
  private static String number(Object value, double number) {
    boolean isWhole = number == Math.rint(number) && Math.abs(number) < 1e15;
    return isWhole ? Long.toString((long) number) : value.toString();
  }

  /** The value that writes the same time by ISO 8601; of no time the value itself. */
  private static Object time(Object value) {
    if (value instanceof Timestamp time) { // whose own text has tenths of seconds, and no T
      return time.toLocalDateTime();
    }
    if (value instanceof Date date && !(value instanceof java.sql.Date || value instanceof Time)) {
      return date.toInstant();
    }
    if (value instanceof Calendar date) {
      return date.toInstant().atZone(date.getTimeZone().toZoneId()).toOffsetDateTime();
    }
    if (value instanceof ZonedDateTime time) {
      return time.toOffsetDateTime();
    }
    if (value instanceof OffsetTime time) {
      return time.toLocalTime();
    }
    return value instanceof YearMonth month ? month.atDay(1) : value;
  }
}
