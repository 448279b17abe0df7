package io.github.dae4j.stacked.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

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
  private final Supplier<TableRows> source;
  private final boolean repeatable;

  private Table(
      String name,
      List<String> columns,
      Dialect dialect,
      List<String> missing,
      Supplier<TableRows> source,
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
    List<TableRow> held = new ArrayList<>();
    for (List<String> cells : rows) {
      if (cells.size() != columns.size()) {
        throw new TableException(
            "row %d: must have %d cells, got %d"
                .formatted(held.size() + 1, columns.size(), cells.size()));
      }
      held.add(new TableRow(null, held.size() + 1, cells.toArray(String[]::new), null));
    }
    return held("rows", columns, null, CsvOptions.MISSING, held);
  }

  /**
   * Rows by column name, held in memory; a column that a row does not name is missing in it.
   *
   * @param rows with numbers, words, dates of java.time, booleans or null
   */
  public static Table of(Iterable<? extends Map<String, ?>> rows) {
    LinkedHashSet<String> names = new LinkedHashSet<>();
    rows.forEach(row -> names.addAll(row.keySet()));
    List<String> columns = List.copyOf(names);
    List<List<String>> cells = new ArrayList<>();
    for (Map<String, ?> row : rows) {
      List<String> line = new ArrayList<>();
      columns.forEach(column -> line.add(CellText.of(row.get(column))));
      cells.add(line);
    }
    return of(columns, cells);
  }

  /** What is left of the rows of a query, held in memory; the result set stays open. */
  public static Table of(ResultSet rows) throws SQLException {
    List<String> columns = QueryRows.columns(rows);
    return held("query", columns, null, CsvOptions.MISSING, QueryRows.read(rows, columns.size()));
  }

  /**
   * The rows of a query one by one, which can be read once and only while it is open.
   *
   * @param name for messages
   */
  public static Table streaming(ResultSet rows, String name) throws SQLException {
    return new Table(
        name,
        QueryRows.columns(rows),
        null,
        CsvOptions.MISSING,
        () -> new QueryRows(rows, name),
        false);
  }

  private static Table held(
      String name,
      List<String> columns,
      Dialect dialect,
      List<String> missing,
      List<TableRow> rows) {
    if (new LinkedHashSet<>(columns).size() < columns.size()
        || columns.stream().anyMatch(column -> column == null || column.isBlank())) {
      throw new TableException(
          name + ": column names must differ and must not be blank, got " + columns);
    }
    return new Table(
        name, List.copyOf(columns), dialect, missing, () -> new HeldRows(rows.iterator()), true);
  }

  private record HeldRows(Iterator<TableRow> rows) implements TableRows {

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public TableRow next() {
      return rows.next();
    }

    @Override
    public void close() {}
  }

  private static List<String> missing(CsvOptions options) {
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

  /** The same table with other words that say nothing. */
  public Table withMissing(String... words) {
    return new Table(name, columns, dialect, List.of(words), source, repeatable);
  }

  /** Whether rows can be read more than once. */
  public boolean isRepeatable() {
    return repeatable;
  }

  /** The same table with all its rows in memory, which can be read more than once. */
  public Table held() {
    List<TableRow> rows = new ArrayList<>();
    try (TableRows all = rows()) {
      all.forEachRemaining(rows::add);
    }
    return held(name, columns, dialect, missing, rows);
  }

  /**
   * All rows, from the first on; reading throws a {@link TableException} naming file and line of a
   * row that is no CSV or has another number of cells.
   */
  public TableRows rows() {
    return source.get();
  }
}
