package io.github.dae4j.stacked.table;

import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** A way of writing dates, times or both, as {@link DateTimeFormatter} spells it. */
final class DatePattern {

  private static final int SECONDS_OF_DAY = 24 * 60 * 60;
  private static final String TIME = "H:mm[:ss[.SSSSSSSSS][.SSSSSS][.SSS]]";
  private static final int SOME_DAY = 15_000; // the 26th of January 2011
  private static final int FIRST_SHORT_YEAR = 1950; // of two digits: 50 is 1950, 49 is 2049

  /** Those that are tried, the commoner first where a date could be two. */
  static final List<String> KNOWN =
      List.of(
          "uuuu-MM-dd",
          "uuuu-MM-dd'T'HH:mm[:ss[.SSSSSSSSS][.SSSSSS][.SSS]]'Z'",
          "uuuu-MM-dd'T'HH:mm[:ss[.SSSSSSSSS][.SSSSSS][.SSS]][XXX]",
          "uuuu-MM-dd " + TIME,
          "uuuu/M/d",
          "uuuu/M/d " + TIME,
          "d.M.uuuu",
          "d.M.uuuu " + TIME,
          "M/d/uuuu",
          "d/M/uuuu",
          "M/d/uuuu " + TIME,
          "d/M/uuuu " + TIME,
          "M/d/uuuu h:mm[:ss] a",
          "d-M-uuuu",
          "MMM d uuuu",
          "MMM d, uuuu",
          "MMMM d, uuuu",
          "MMMM d uuuu",
          "d MMM uuuu",
          "d MMMM uuuu",
          "d-MMM-uuuu",
          "d.M.yy",
          "M/d/yy",
          "d/M/yy",
          "d-MMM-yy",
          "uuuuMMdd",
          TIME);

  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalEnd()
          .optionalStart()
          .appendLiteral(' ')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalEnd()
          .appendPattern("[XXX][X]")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private final DateTimeFormatter parser;
  private final DateTimeFormatter printer;
  private final DateTimeFormatter printerOfSeconds;
  private final boolean hasDate;
  private final boolean hasTime;
  private final boolean isUtc;
  private final boolean isDigits;

  /**
   * A pattern.
   *
   * @param padded whether days and months of one digit are written with a zero before it
   */
  DatePattern(String pattern, boolean padded) {
    parser = formatter(pattern);
    isUtc = pattern.endsWith("'Z'");
    isDigits = pattern.equals("uuuuMMdd");
    hasDate = pattern.contains("d");
    hasTime = pattern.contains("m");
    String optional = "\\[[^\\[\\]]*\\]"; // which may hold another
    String printed = pattern.replaceAll(optional, "").replaceAll(optional, "");
    printer = formatter(padded ? padded(printed) : printed);
    printerOfSeconds =
        formatter((padded ? padded(printed) : printed).replaceAll("mm(?!:ss)", "mm:ss"));
  }

  /**
   * A pattern by which dates can be written and read again.
   *
   * @throws IllegalArgumentException naming the column if it is none
   */
  static DatePattern checked(String column, String pattern, boolean padded) {
    RuntimeException reason = null;
    try {
      DatePattern date = new DatePattern(pattern, padded);
      double day = (date.hasDate ? SOME_DAY : 0) + (date.hasTime ? 0.5 : 0);
      if (date.days(date.text(day)) == day) {
        return date;
      }
    } catch (IllegalArgumentException | NullPointerException | DateTimeException e) {
      reason = e;
    }
    throw new IllegalArgumentException(
        "DateColumn '%s' pattern must be one of DateTimeFormatter, by which dates are written and"
                .formatted(column)
            + " read, got '%s'".formatted(pattern),
        reason);
  }

  private static String padded(String pattern) {
    return pattern
        .replaceAll("(?<!d)d(?!d)", "dd")
        .replaceAll("(?<!M)M(?!M)", "MM")
        .replaceAll("(?<!H)H(?!H)", "HH");
  }

  private static DateTimeFormatter formatter(String pattern) {
    DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
    int shortYear = pattern.contains("yy") ? pattern.indexOf("yy") : -1;
    if (shortYear < 0) {
      builder.appendPattern(pattern);
    } else {
      builder
          .appendPattern(pattern.substring(0, shortYear))
          .appendValueReduced(ChronoField.YEAR, 2, 2, FIRST_SHORT_YEAR);
    }
    return builder.toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
  }

  boolean hasDate() {
    return hasDate;
  }

  boolean hasTime() {
    return hasTime;
  }

  /** Days since 1970, or the part of a day that has passed; NaN of what is written otherwise. */
  double days(String text) {
    TemporalAccessor parsed = parsed(parser, text);
    if (parsed == null) {
      return Double.NaN;
    }
    try {
      LocalDate date = hasDate ? LocalDate.from(parsed) : LocalDate.EPOCH;
      if (isDigits && Math.abs(date.getYear() - 2000) > 150) {
        return Double.NaN; // eight digits of something else
      }
      return days(date, hasTime ? LocalTime.from(parsed) : null);
    } catch (DateTimeException e) {
      return Double.NaN;
    }
  }

  /**
   * The same also of dates that are written by ISO 8601 and not by this pattern, as Java and
   * databases do: 2012-08-07, which can be no other day, T or a space, and a time. An offset counts
   * where this pattern is of instants (Z); elsewhere times are as they are written.
   */
  double daysOrIso(String text) {
    double days = days(text);
    Temporal iso = Double.isNaN(days) && hasDate ? iso(text) : null;
    if (isUtc && iso instanceof OffsetDateTime time) {
      iso = time.withOffsetSameInstant(ZoneOffset.UTC);
    }
    return iso == null ? days : days(LocalDate.from(iso), hasTime ? LocalTime.from(iso) : null);
  }

  /** A date, with a time or at midnight, with an offset or without; null of what is none. */
  static Temporal iso(String text) {
    boolean canBe = text.length() >= 10 && text.charAt(4) == '-' && text.charAt(7) == '-';
    TemporalAccessor parsed = canBe ? parsed(ISO, text) : null;
    if (parsed == null) {
      return null;
    }
    LocalTime time = parsed.query(TemporalQueries.localTime());
    LocalDateTime local =
        LocalDate.from(parsed).atTime(Objects.requireNonNullElse(time, LocalTime.MIDNIGHT));
    ZoneOffset offset = parsed.query(TemporalQueries.offset());
    return offset == null ? local : local.atOffset(offset);
  }

  private static TemporalAccessor parsed(DateTimeFormatter parser, String text) {
    if (text.isEmpty() || text.length() > 40) {
      return null;
    }
    ParsePosition position = new ParsePosition(0);
    if (parser.parseUnresolved(text, position) == null
        || position.getErrorIndex() >= 0
        || position.getIndex() < text.length()) {
      return null;
    }
    try {
      return parser.parse(text);
    } catch (DateTimeException e) {
      return null; // the 30th of February
    }
  }

  /** NaN of a year that people do not write. */
  private static double days(LocalDate date, LocalTime time) {
    double part = time == null ? 0 : time.toNanoOfDay() / (1e9 * SECONDS_OF_DAY);
    return date.getYear() < 1000 ? Double.NaN : date.toEpochDay() + part;
  }

  /** Days as this pattern writes them. */
  String text(double days) {
    double bounded = Math.max(-700_000, Math.min(2_900_000, days)); // years 53 to 9909
    long seconds =
        Math.round(hasTime ? bounded * SECONDS_OF_DAY : Math.rint(bounded) * SECONDS_OF_DAY);
    return (seconds % 60 == 0 ? printer : printerOfSeconds)
        .format(LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC).atOffset(ZoneOffset.UTC));
  }
}
