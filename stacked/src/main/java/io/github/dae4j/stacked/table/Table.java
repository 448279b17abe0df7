package io.github.dae4j.stacked.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Named columns of text cells, read row by row: a table may be larger than memory.
 *
 * <p>Column names differ and are not blank: a file's are trimmed, and what has no name of its own
 * gets one ("column 3", "age (2)"), as its {@link Dialect#reasons} say.
 */
public final class Table {

  private final String name;
  private final List<String> columns;
  private final Dialect dialect;
  private final List<String> missing;
  private final Supplier<Rows> source;
  private final boolean repeatable;

  private Table(
      String name,
      List<String> columns,
      Dialect dialect,
      List<String> missing,
      Supplier<Rows> source,
      boolean repeatable) {
    this.name = name;
    this.columns = columns;
    this.dialect = dialect;
    this.missing = missing;
    this.source = source;
    this.repeatable = repeatable;
  }

  /**
   * A CSV file, which may be gzipped; how it is written is detected. Rows are read when they are
   * asked for.
   *
   * @throws TableException naming the file if it is empty or no CSV
   */
  public static Table read(Path file) throws IOException {
    return read(file, CsvOptions.DETECT);
  }

  /** A CSV file of which something is known beforehand. */
  public static Table read(Path file, CsvOptions options) throws IOException {
    CsvFile csv = CsvFile.open(file, options);
    return new Table(csv.name(), csv.columns(), csv.dialect(), missing(options), csv::rows, true);
  }

  /**
   * CSV from a stream, such as standard input, whose rows can be read once.
   *
   * @param name for messages
   */
  public static Table read(InputStream in, String name, CsvOptions options) throws IOException {
    CsvFile csv = CsvFile.open(in, name, options);
    return new Table(name, csv.columns(), csv.dialect(), missing(options), csv::rows, false);
  }

  /** Rows that are in memory, as many cells each as there are columns; null is missing. */
  public static Table of(List<String> columns, List<List<String>> rows) {
    List<Row> held = new ArrayList<>();
    for (List<String> cells : rows) {
      if (cells == null || cells.size() != columns.size()) {
        throw new TableException(
            "row %d: must have %d cells, got %s"
                .formatted(held.size() + 1, columns.size(), cells == null ? "null" : cells.size()));
      }
      held.add(new Row(null, held.size() + 1, cells.toArray(String[]::new), null));
    }
    return held("rows", columns, null, CsvOptions.MISSING, held);
  }

  /**
   * Rows by column name, read once and held in memory; a column that a row does not name is missing
   * in it.
   *
   * <p>Columns are in the order in which rows first name them: the order of a {@link LinkedHashMap}
   * or a {@link SortedMap}, that of the alphabet in a map of another class.
   *
   * @param rows with numbers, words, booleans, null, dates and times of java.time, java.sql and
   *     java.util (a YearMonth is its first day), or an Optional of these; other objects are the
   *     word that they write
   * @throws TableException naming row and column of an array, a collection or a map
   */
  public static Table of(Iterable<? extends Map<String, ?>> rows) {
    Map<String, Integer> places = new LinkedHashMap<>();
    List<String[]> lines = new ArrayList<>();
    for (Map<String, ?> row : rows) {
      names(Objects.requireNonNull(row, "a row"))
          .forEach(column -> places.putIfAbsent(column, places.size()));
      String[] line = new String[places.size()];
      try {
        row.forEach((column, value) -> line[places.get(column)] = CellText.of(column, value));
      } catch (TableException e) {
        throw new TableException("row %d: %s".formatted(lines.size() + 1, e.getMessage()), e);
      }
      lines.add(line);
    }
    List<Row> held = new ArrayList<>();
    for (String[] line : lines) { // the first rows know only the columns of their own time
      held.add(new Row(null, held.size() + 1, Arrays.copyOf(line, places.size()), null));
    }
    return held("rows", new ArrayList<>(places.keySet()), null, CsvOptions.MISSING, held);
  }

  /** The columns of a row in an order that every run of a program has: that of Map.of differs. */
  private static Stream<String> names(Map<String, ?> row) {
    boolean hasOrder = row instanceof LinkedHashMap || row instanceof SortedMap;
    Stream<String> names = row.keySet().stream();
    return hasOrder ? names : names.sorted(Comparator.nullsFirst(Comparator.naturalOrder()));
  }

  /** What is left of the rows of a query, held in memory; the result set stays open. */
  public static Table of(ResultSet rows) throws SQLException {
    List<String> columns = QueryRows.columns(rows);
    return held("query", columns, null, CsvOptions.MISSING, QueryRows.read(rows));
  }

  /**
   * The rows of a query one by one, which can be read once and only while it is open: {@link #rows}
   * throws IllegalStateException the second time.
   *
   * @param name for messages
   */
  public static Table streaming(ResultSet rows, String name) throws SQLException {
    AtomicBoolean isRead = new AtomicBoolean();
    Supplier<Rows> once =
        () -> {
          if (isRead.getAndSet(true)) {
            throw new IllegalStateException(name + ": can be read only once");
          }
          return new QueryRows(rows, name);
        };
    return new Table(name, QueryRows.columns(rows), null, CsvOptions.MISSING, once, false);
  }

  /**
   * The rows of a query that is run again each time that rows are asked for, so that a model learns
   * from more of them than memory holds; it must give the same rows in the same order. The rows
   * close their result set and its statement.
   *
   * @param name for messages
   */
  public static Table of(Query query, String name) throws SQLException {
    List<String> columns;
    try (QueryRows rows = QueryRows.of(query, name)) {
      columns = rows.columns();
    }
    return new Table(
        name, columns, null, CsvOptions.MISSING, () -> QueryRows.of(query, name), true);
  }

  /** Runs a query. */
  @FunctionalInterface
  public interface Query {
    ResultSet run() throws SQLException;
  }

  private static Table held(
      String name, List<String> columns, Dialect dialect, List<String> missing, List<Row> rows) {
    if (new LinkedHashSet<>(columns).size() < columns.size()
        || columns.stream().anyMatch(column -> column == null || column.isBlank())) {
      throw new TableException(
          name + ": column names must differ and must not be blank, got " + columns);
    }
    return new Table(
        name, List.copyOf(columns), dialect, missing, () -> new HeldRows(rows.iterator()), true);
  }

  private record HeldRows(Iterator<Row> rows) implements Rows {

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public Row next() {
      return rows.next();
    }

    @Override
    public void close() {}
  }

  static List<String> missing(CsvOptions options) {
    return options.missing() == null ? CsvOptions.MISSING : options.missing();
  }

  /** Of the file or the source, for messages. */
  public String name() {
    return name;
  }

  /** The names of the columns, which differ. */
  public List<String> columns() {
    return columns;
  }

  /** How its file is written; none if it was no CSV. */
  public Optional<Dialect> dialect() {
    return Optional.ofNullable(dialect);
  }

  /** The trimmed words of cells that say nothing. */
  public List<String> missing() {
    return missing;
  }

  /** '.' or ',' in its numbers. */
  public char decimal() {
    return dialect == null ? '.' : dialect.decimal();
  }

  /** The number that a cell says by this table's decimal mark; NaN if it says none. */
  public double number(String cell) {
    return cell == null ? Double.NaN : NumberText.parse(cell.strip(), decimal());
  }

  /** The same table with other words that say nothing. */
  public Table withMissing(String... words) {
    List<String> missing = Arrays.stream(words).map(String::strip).toList();
    return new Table(name, columns, dialect, missing, source, repeatable);
  }

  /** Whether rows can be read more than once. */
  public boolean isRepeatable() {
    return repeatable;
  }

  /** The same table with all its rows in memory, which can be read more than once. */
  public Table held() {
    List<Row> rows = new ArrayList<>();
    try (Rows all = rows()) {
      all.forEachRemaining(rows::add);
    }
    return held(name, columns, dialect, missing, rows);
  }

  /**
   * All rows, from the first on; reading throws a {@link TableException} naming file and line of a
   * row that is no CSV or has another number of cells.
   */
  public Rows rows() {
    return source.get();
  }

  /** The cells of one row as they were written, with the place where they were. */
  public static final class Row {

    private final String table;
    private final long line;
    private final String[] cells;
    private final long[] quoted; // a bit for each cell; null for none
    private final String lineBreaks;

    Row(String table, long line, String[] cells, long[] quoted) {
      this(table, line, cells, quoted, null);
    }

    private Row(String table, long line, String[] cells, long[] quoted, String lineBreaks) {
      this.table = table;
      this.line = line;
      this.cells = cells;
      this.quoted = quoted;
      this.lineBreaks = lineBreaks;
    }

    /**
     * What stands between the record before this one and it: a line break, and empty lines; null
     * unless the row comes from a stream of CSV.
     */
    public String lineBreaksBefore() {
      return lineBreaks;
    }

    Row after(String breaks) {
      return new Row(table, line, cells, quoted, breaks);
    }

    /** "people.csv:17" of a file; "row 17" of rows that are in memory. */
    public String place() {
      return table == null ? "row " + line : table + ":" + line;
    }

    /** The number of the line where the row begins, or of the row, counted from 1. */
    public long line() {
      return line;
    }

    /** The number of cells. */
    public int size() {
      return cells.length;
    }

    /** A cell, untrimmed; null if there is none. */
    public String cell(int column) {
      return cells[column];
    }

    public List<String> cells() {
      return Collections.unmodifiableList(Arrays.asList(cells));
    }

    boolean isQuoted(int column) {
      return quoted != null
          && column >> 6 < quoted.length
          && (quoted[column >> 6] >>> column & 1) != 0;
    }

    /** The same row with other cells; what was in quotes stays so. */
    Row withCells(String[] others) {
      return new Row(table, line, others, quoted, lineBreaks);
    }

    @Override
    public String toString() {
      return place() + ": " + cells();
    }
  }

  /** The rows of a table one after the other; closing ends the reading. */
  public interface Rows extends Iterator<Table.Row>, AutoCloseable {

    /** What stands after the last record, once that was read; null unless from a stream of CSV. */
    default String lineBreaksAtEnd() {
      return null;
    }

    @Override
    void close();
  }

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
    public String format(Table.Row row) {
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
}
