package io.github.dae4j.stacked.table;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What is known about a CSV file beforehand; null leaves it to be detected.
 *
 * @param separator between cells
 * @param quote around cells
 * @param decimal '.' or ','
 * @param header whether the first record has the columns' names
 * @param missing words of cells that say nothing, instead of {@link #MISSING}
 * @param encoding of the text
 */
public record CsvOptions(
    Character separator,
    Character quote,
    Character decimal,
    Boolean header,
    List<String> missing,
    Charset encoding) {

  /** Words that say nothing in any column unless others are named. */
  public static final List<String> MISSING =
      List.of(
          "", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "null", "NULL", "Null", "?", ".", "\\N");

  /** Everything is detected. */
  public static final CsvOptions DETECT = new CsvOptions(null, null, null, null, null, null);

  public CsvOptions {
    if (decimal != null && decimal != '.' && decimal != ',') {
      throw new IllegalArgumentException("decimal must be '.' or ',', got '" + decimal + "'");
    }
    requireMark("separator", separator);
    requireMark("quote", quote);
    if (separator != null && separator.equals(quote)) {
      throw new IllegalArgumentException(
          "separator and quote must differ, got '%s' twice".formatted(separator));
    }
    if (missing != null && missing.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException("missing must have no null, got " + missing);
    }
    missing = missing == null ? null : missing.stream().map(String::strip).distinct().toList();
  }

  private static void requireMark(String name, Character mark) {
    if (mark != null && (Character.isLetterOrDigit(mark) || mark == '\n' || mark == '\r')) {
      throw new IllegalArgumentException(
          name + " must not be a letter, a digit or a line break, got '" + mark + "'");
    }
  }

  public CsvOptions withSeparator(char separator) {
    return new CsvOptions(separator, quote, decimal, header, missing, encoding);
  }

  public CsvOptions withQuote(char quote) {
    return new CsvOptions(separator, quote, decimal, header, missing, encoding);
  }

  public CsvOptions withDecimal(char decimal) {
    return new CsvOptions(separator, quote, decimal, header, missing, encoding);
  }

  public CsvOptions withHeader(boolean header) {
    return new CsvOptions(separator, quote, decimal, header, missing, encoding);
  }

  public CsvOptions withMissing(String... missing) {
    return new CsvOptions(separator, quote, decimal, header, Arrays.asList(missing), encoding);
  }

  public CsvOptions withEncoding(Charset encoding) {
    return new CsvOptions(separator, quote, decimal, header, missing, encoding);
  }
}
