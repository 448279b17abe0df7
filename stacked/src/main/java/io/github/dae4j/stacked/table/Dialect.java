package io.github.dae4j.stacked.table;

import java.nio.charset.Charset;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/**
 * How a CSV file is written, and how that was found out.
 *
 * @param separator between cells
 * @param quote around cells that hold separators, quotes or line breaks
 * @param decimal '.' or ','
 * @param header whether the first record has the columns' names
 * @param encoding of the text
 * @param byteOrderMark whether the file begins with one
 * @param gzip whether the file is compressed
 * @param lineEnd "\n", "\r\n" or "\r"
 * @param reasons one sentence for each finding, fit to be shown
 */
public record Dialect(
    char separator,
    char quote,
    char decimal,
    boolean header,
    Charset encoding,
    boolean byteOrderMark,
    boolean gzip,
    String lineEnd,
    List<String> reasons) {

  public Dialect {
    Objects.requireNonNull(encoding, "encoding");
    Objects.requireNonNull(lineEnd, "lineEnd");
    reasons = List.copyOf(reasons);
  }

  /** A record of cells as this dialect writes it, line end included; null is an empty cell. */
  public String format(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (Iterator<String> i = cells.iterator(); i.hasNext(); ) {
      append(line, i.next(), false);
      line.append(i.hasNext() ? separator : "");
    }
    return line.append(lineEnd).toString();
  }

  /** A row as it was written: cells that were in quotes are in quotes again. */
  public String format(TableRow row) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      line.append(column == 0 ? "" : separator);
      append(line, row.cell(column), row.isQuoted(column));
    }
    return line.append(lineEnd).toString();
  }

  private void append(StringBuilder line, String cell, boolean quoted) {
    String text = cell == null ? "" : cell;
    if (quoted || needsQuotes(text)) {
      line.append(quote)
          .append(text.replace(String.valueOf(quote), String.valueOf(quote) + quote))
          .append(quote);
    } else {
      line.append(text);
    }
  }

  private boolean needsQuotes(String text) {
    return text.indexOf(separator) >= 0
        || text.indexOf('\n') >= 0
        || text.indexOf('\r') >= 0
        || !text.isEmpty() && text.charAt(0) == quote;
  }
}
