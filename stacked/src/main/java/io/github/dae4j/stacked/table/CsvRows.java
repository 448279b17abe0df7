package io.github.dae4j.stacked.table;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.zip.ZipException;

/** The rows of a CSV text, as many cells each as there are columns. */
final class CsvRows implements Table.Rows {

  private final String name;
  private final Table.Dialect dialect;
  private final int columns;
  private final LineBreaks breaks; // null where nobody asks for them
  private final CsvReader<Table.Row> reader;
  private final Iterator<Table.Row> records;
  private Table.Row next;
  private long line = 1; // of the last record

  /**
   * All rows but the header.
   *
   * @param keepsLineBreaks whether rows know what stood between them
   */
  CsvRows(String name, Reader text, Table.Dialect dialect, int columns, boolean keepsLineBreaks) {
    this.name = name;
    this.dialect = dialect;
    this.columns = columns;
    boolean skipsEmptyLines = columns != 1;
    breaks =
        keepsLineBreaks
            ? new LineBreaks(text, dialect.separator(), dialect.quote(), skipsEmptyLines)
            : null;
    reader =
        reader(
            name,
            breaks == null ? text : breaks,
            dialect.separator(),
            dialect.quote(),
            skipsEmptyLines);
    records = reader.iterator();
    if (dialect.header()) {
      skipEmptyRows();
      next();
    }
  }

  /** Before the header, which detection has not seen there either. */
  private void skipEmptyRows() {
    while (hasNext() && next.size() == 1 && next.cell(0).isEmpty()) {
      next = null;
    }
  }

  /** Records with any number of cells. */
  static CsvReader<Table.Row> reader(
      String name, Reader text, char separator, char quote, boolean skipEmptyLines) {
    return CsvReader.builder()
        .fieldSeparator(separator)
        .quoteCharacter(quote)
        .allowUnclosedQuote(false)
        .skipEmptyLines(skipEmptyLines)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .build(new Handler(name), text);
  }

  @Override
  public boolean hasNext() {
    if (next == null) {
      next = read();
    }
    return next != null;
  }

  @Override
  public Table.Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException(name);
    }
    Table.Row row = next;
    next = null;
    return row;
  }

  private Table.Row read() {
    try {
      if (!records.hasNext()) {
        return null;
      }
      Table.Row row = records.next();
      line = row.line();
      if (row.size() != columns) {
        throw new TableException(
            "%s: has %d cells where the %s has %d"
                .formatted(
                    row.place(), row.size(), dialect.header() ? "header" : "first line", columns));
      }
      return breaks == null ? row : row.after(breaks.before(line));
    } catch (CsvParseException e) {
      throw new TableException(
          "%s:%s: the row here or after it is no CSV: %s".formatted(name, line, reason(e)), e);
    } catch (UncheckedIOException e) {
      throw failed(e.getCause());
    }
  }

  @Override
  public String lineBreaksAtEnd() {
    return breaks == null ? null : breaks.tail();
  }

  private static String reason(CsvParseException e) {
    return e.getCause() instanceof CsvParseException cause ? cause.getMessage() : e.getMessage();
  }

  private RuntimeException failed(IOException e) {
    if (e instanceof CharacterCodingException) {
      return new TableException(
          "%s: after line %d there are bytes that are not %s; name the encoding"
              .formatted(name, line, dialect.encoding()),
          e);
    }
    if (e instanceof ZipException damage) {
      return CsvFile.damaged(name, damage);
    }
    return new UncheckedIOException("Cannot read " + name + ": " + e.getMessage(), e);
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot close " + name + ": " + e.getMessage(), e);
    }
  }

  /** Collects cells as text, and which of them were in quotes. */
  private static final class Handler extends AbstractBaseCsvCallbackHandler<Table.Row> {

    private final String name;
    private String[] cells = new String[16];
    private long[] quoted = new long[1];
    private boolean anyQuoted;

    Handler(String name) {
      this.name = name;
    }

    @Override
    protected void handleBegin(long line) {
      anyQuoted = false;
      Arrays.fill(quoted, 0);
    }

    @Override
    protected void handleField(int index, char[] text, int from, int length, boolean inQuotes) {
      if (index == cells.length) {
        cells = Arrays.copyOf(cells, 2 * index);
      }
      cells[index] = new String(text, from, length);
      if (inQuotes) {
        anyQuoted = true;
        if (index >> 6 >= quoted.length) {
          quoted = Arrays.copyOf(quoted, 2 * quoted.length + (index >> 6));
        }
        quoted[index >> 6] |= 1L << index;
      }
    }

    @Override
    protected void handleEmpty() {
      cells[0] = "";
    }

    @Override
    protected Table.Row buildRecord() {
      int count = Math.max(1, getFieldCount());
      return new Table.Row(
          name,
          getStartingLineNumber(),
          Arrays.copyOf(cells, count),
          anyQuoted ? quoted.clone() : null);
    }
  }
}
