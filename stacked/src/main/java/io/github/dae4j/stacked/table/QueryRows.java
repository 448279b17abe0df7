package io.github.dae4j.stacked.table;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/** The rows of a JDBC query as text. */
final class QueryRows implements Table.Rows {

  private final ResultSet results;
  private final String name;
  private final boolean isOwn;
  private final int columns;
  private final boolean[] isInstant; // of columns whose driver gives no other time
  private long count;
  private Boolean hasNext;

  QueryRows(ResultSet results, String name) {
    this(results, name, false);
  }

  /** Runs a query, whose result set is closed with its rows. */
  static QueryRows of(Table.Query query, String name) {
    try {
      return new QueryRows(query.run(), name, true);
    } catch (SQLException e) {
      throw new TableException("%s: cannot be read: %s".formatted(name, e.getMessage()), e);
    }
  }

  private QueryRows(ResultSet results, String name, boolean isOwn) {
    this.results = results;
    this.isOwn = isOwn;
    this.name = name;
    try {
      columns = results.getMetaData().getColumnCount();
      isInstant = new boolean[columns];
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  List<String> columns() throws SQLException {
    return columns(results);
  }

  static List<String> columns(ResultSet results) throws SQLException {
    ResultSetMetaData about = results.getMetaData();
    List<String> names = new ArrayList<>();
    for (int column = 1; column <= about.getColumnCount(); column++) {
      names.add(about.getColumnLabel(column));
    }
    return new ColumnNames(names).unique();
  }

  /** What is left of a query. */
  static List<Table.Row> read(ResultSet results) throws SQLException {
    QueryRows query = new QueryRows(results, "query");
    List<Table.Row> rows = new ArrayList<>();
    while (results.next()) {
      rows.add(new Table.Row(null, rows.size() + 1, query.cells(), null));
    }
    return rows;
  }

  private String[] cells() throws SQLException {
    String[] cells = new String[columns];
    for (int column = 1; column <= columns; column++) {
      Object value = results.getObject(column);
      if (value instanceof Timestamp time) {
        cells[column - 1] = CellText.of(written(column, time));
      } else if (value instanceof OffsetDateTime time) {
        cells[column - 1] = CellText.of(here(time.toInstant()));
      } else if (value instanceof ZonedDateTime time) {
        cells[column - 1] = CellText.of(here(time.toInstant()));
      } else if (value instanceof Instant time) {
        cells[column - 1] = CellText.of(here(time));
      } else if (value instanceof OffsetTime
          || value instanceof Number
          || value instanceof Boolean) {
        cells[column - 1] = CellText.of(value);
      } else {
        cells[column - 1] = results.getString(column);
      }
    }
    return cells;
  }

  /** An instant in the zone of this program, as that of a {@code Timestamp} is. */
  private static LocalDateTime here(Instant time) {
    return LocalDateTime.ofInstant(time, ZoneId.systemDefault());
  }

  /**
   * The time as it is written in the table. A {@code Timestamp} is an instant in the zone of this
   * program, which has no such time in the hour that summer time skips.
   */
  private Object written(int column, Timestamp time) {
    if (!isInstant[column - 1]) {
      try {
        Object written = results.getObject(column, LocalDateTime.class);
        if (written != null) {
          return written;
        }
      } catch (SQLException | RuntimeException | AbstractMethodError e) { // old drivers, some types
        isInstant[column - 1] = true;
      }
    }
    return time;
  }

  @Override
  public boolean hasNext() {
    try {
      if (hasNext == null) {
        hasNext = results.next();
      }
      return hasNext;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public Table.Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException(name);
    }
    hasNext = null;
    try {
      return new Table.Row(name, ++count, cells(), null);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private TableException failed(SQLException e) {
    return new TableException(
        "%s:%s: cannot be read: %s".formatted(name, count + 1, e.getMessage()), e);
  }

  @Override
  public void close() {
    if (!isOwn) {
      return; // the caller's to close
    }
    try {
      Statement statement = results.getStatement();
      results.close();
      if (statement != null) {
        statement.close();
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }
}
