package io.github.dae4j.stacked.table;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;

/** Finds out how a CSV file is written from the text that it begins with. */
final class DialectDetection {

  /** In the order of preference where several fit: commas are in decimals and in sentences too. */
  private static final char[] SEPARATORS = {'\t', ';', '|', ','};

  private static final int MOST_RECORDS = 5000;
  private static final double ALIKE = 0.02; // shares of records that count as the same

  private static final Pattern COMMA = Pattern.compile("[+-]?\\d+,\\d+");
  private static final Pattern THOUSANDS = Pattern.compile("[+-]?\\d{1,3}(,\\d{3})+");
  private static final Pattern POINT = Pattern.compile("[+-]?\\d*\\.\\d+");

  private final CsvOptions options;
  private final String text;
  private final boolean isWhole;
  private final char quote;
  private final char separator;
  private final List<Table.Row> records;
  private final char decimal;
  private final boolean hasHeader;
  private final ColumnNames names;
  private final List<String> findings = new ArrayList<>();

  /**
   * Looks at the beginning of a text.
   *
   * @param isWhole whether the text ends here, so that its last record is whole
   */
  DialectDetection(String name, String text, boolean isWhole, CsvOptions options) {
    this.options = options;
    this.text = text;
    this.isWhole = isWhole;
    quote = options.quote() == null ? detectedQuote() : options.quote();
    separator = options.separator() == null ? detectedSeparator() : options.separator();
    records = records(separator, quote);
    if (records.isEmpty()) {
      throw new TableException(
          name + ":1: the first record is no CSV, or is longer than a million characters");
    }
    decimal = options.decimal() == null ? detectedDecimal() : options.decimal();
    HeaderDetection header = new HeaderDetection(records, decimal, Table.missing(options));
    hasHeader = options.header() == null ? header.isThere() : options.header();
    Table.Row first = records.get(0);
    names = new ColumnNames(hasHeader ? first.cells() : Collections.nCopies(first.size(), ""));
    findings.add(
        options.header() == null
            ? header.reason()
            : "header %s: as asked for".formatted(hasHeader ? "yes" : "no"));
    if (hasHeader) {
      findings.addAll(names.changes());
    }
  }

  List<String> columns() {
    return names.unique();
  }

  Table.Dialect dialect(
      Charset encoding, boolean byteOrderMark, boolean gzip, List<String> before) {
    List<String> reasons = new ArrayList<>(before);
    reasons.addAll(findings);
    return new Table.Dialect(
        separator, quote, decimal, hasHeader, encoding, byteOrderMark, gzip, lineEnd(), reasons);
  }

  private String lineEnd() {
    int feed = text.indexOf('\n');
    int carriage = text.indexOf('\r');
    if (carriage >= 0 && feed == carriage + 1) {
      return "\r\n";
    }
    return feed < 0 && carriage >= 0 ? "\r" : "\n";
  }

  /** Single quotes only where there are no double ones and most words are in them. */
  private char detectedQuote() {
    if (text.indexOf('"') >= 0 || text.indexOf('\'') < 0) {
      return '"';
    }
    for (char candidate : SEPARATORS) {
      List<String> words =
          records(candidate, '"').stream()
              .flatMap(row -> row.cells().stream())
              .map(String::strip)
              .filter(cell -> cell.chars().anyMatch(Character::isLetter))
              .toList();
      long inQuotes =
          words.stream()
              .filter(word -> word.length() > 2 && word.startsWith("'") && word.endsWith("'"))
              .count();
      if (inQuotes > 0.9 * words.size()) {
        findings.add(
            "quote ': %s of %s words are in single quotes".formatted(inQuotes, words.size()));
        return '\'';
      }
    }
    return '"';
  }

  private char detectedSeparator() {
    char best = ',';
    double bestShare = 0;
    int alike = 0;
    int all = 1;
    for (char candidate : SEPARATORS) {
      if (candidate == quote) {
        continue;
      }
      List<Table.Row> parsed = records(candidate, quote);
      if (parsed.isEmpty() || parsed.get(0).size() < 2) {
        continue;
      }
      int columns = parsed.get(0).size();
      int same = (int) parsed.stream().filter(row -> row.size() == columns).count();
      double share = (double) same / parsed.size();
      if (share > bestShare + ALIKE) {
        best = candidate;
        bestShare = share;
        alike = same;
        all = parsed.size();
      }
    }
    findings.add(
        bestShare == 0
            ? "one column: no separator is in the first line"
            : "separator %s: %s of %s records have as many cells as the first"
                .formatted(shown(best), alike, all));
    return best;
  }

  private static String shown(char separator) {
    return separator == '\t' ? "tab" : "'" + separator + "'";
  }

  /** What can be parsed; of a text that goes on without its last record. */
  private List<Table.Row> records(char separator, char quote) {
    List<Table.Row> parsed = new ArrayList<>();
    try (CsvReader<Table.Row> reader =
        CsvRows.reader(null, new StringReader(text), separator, quote, true)) {
      Iterator<Table.Row> rows = reader.iterator();
      while (parsed.size() < MOST_RECORDS && rows.hasNext()) {
        parsed.add(rows.next());
      }
      if (!isWhole && !parsed.isEmpty() && parsed.size() < MOST_RECORDS) {
        parsed.remove(parsed.size() - 1);
      }
    } catch (CsvParseException | UncheckedIOException e) {
      return parsed; // reading the rows will tell what is wrong, and where
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return parsed;
  }

  private char detectedDecimal() {
    int commas = 0;
    int thousands = 0;
    int points = 0;
    String example = null;
    for (Table.Row row : records) {
      for (String untrimmed : row.cells()) {
        String cell = untrimmed.strip();
        if (THOUSANDS.matcher(cell).matches()) {
          thousands++;
        } else if (COMMA.matcher(cell).matches()) {
          example = example == null ? cell : example;
          commas++;
        } else if (POINT.matcher(cell).matches()) {
          points++;
        }
      }
    }
    boolean isComma = commas > points || commas + points == 0 && thousands > 0 && separator == ';';
    if (isComma) {
      findings.add(
          example == null
              ? "decimal comma: so it is where ';' separates; no cell decides"
              : "decimal comma: %s cells are numbers such as %s".formatted(commas, example));
    }
    return isComma ? ',' : '.';
  }
}
