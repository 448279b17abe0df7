package io.github.dae4j.stacked.table;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/** The rows of a JDBC query as text. */
final class QueryRows implements Table.Rows {

  private final ResultSet results;
  private final String name;
  private final boolean isOwn;
  private final int columns;
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

  static List<Table.Row> read(ResultSet results, int columns) throws SQLException {
    List<Table.Row> rows = new ArrayList<>();
    while (results.next()) {
      rows.add(new Table.Row(null, rows.size() + 1, cells(results, columns), null));
    }
    return rows;
  }

  private static String[] cells(ResultSet results, int columns) throws SQLException {
    String[] cells = new String[columns];
    for (int column = 1; column <= columns; column++) {
      Object value = results.getObject(column);
      cells[column - 1] =
          value instanceof Timestamp time
              ? time.toLocalDateTime().toString()
              : value instanceof Number || value instanceof Boolean
                  ? CellText.of(value)
                  : results.getString(column);
    }
    return cells;
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
      return new Table.Row(name, ++count, cells(results, columns), null);
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
