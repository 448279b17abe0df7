package io.github.dae4j.cli.table;

import io.github.dae4j.cli.config.Secrets;
import io.github.dae4j.datasets.DataException;
import io.github.dae4j.stacked.table.Table;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * Tables that a database gives by its JDBC driver; its rows stream. A password comes with the URL
 * or by the environment, and is never shown.
 */
final class Database {

  /** Where a password comes from that is not in the URL. */
  static final String PASSWORD = "DAE4J_JDBC_PASSWORD";

  private static final String DUCKDB = "jdbc:duckdb:";
  private static final int ROWS_AT_ONCE = 1000;
  private static final Pattern OTHER_FORMAT =
      Pattern.compile("(?i).*(\\.(parquet|jsonl|ndjson|json)(\\.gz)?|\\*.*)");

  private Database() {}

  /** Whether it takes DuckDB to read a file or a pattern of files. */
  static boolean isNeededFor(String path) {
    return OTHER_FORMAT.matcher(path).matches();
  }

  /** A file or a pattern of files that DuckDB reads. */
  static Table ofFile(String path) {
    return connected(DUCKDB, "select * from '%s'".formatted(path.replace("'", "''")), path, path);
  }

  /** The rows of a query, which is run again each time that they are asked for. */
  static Table ofQuery(String url, String query) {
    return connected(url, query, "query", Secrets.hidden(url));
  }

  private static Table connected(String url, String query, String name, String shown) {
    try {
      Connection connection = open(url);
      return Table.of(() -> run(connection, query), name);
    } catch (SQLException e) {
      throw new DataException(shown + ": " + problem(url, e), e);
    } catch (io.github.dae4j.stacked.table.TableException e) {
      throw new DataException(Secrets.hidden(e.getMessage()), e);
    }
  }

  private static Connection open(String url) throws SQLException {
    Properties properties = new Properties();
    String password = System.getenv(PASSWORD);
    if (password != null) {
      properties.setProperty("password", password);
    }
    if (url.startsWith(DUCKDB)) {
      properties.setProperty("jdbc_stream_results", "true");
    }
    Connection connection = DriverManager.getConnection(url, properties);
    connection.setAutoCommit(false); // or PostgreSQL's driver takes all rows at once
    return connection;
  }

  private static ResultSet run(Connection connection, String query) throws SQLException {
    Statement statement = connection.createStatement();
    statement.setFetchSize(ROWS_AT_ONCE);
    return statement.executeQuery(query);
  }

  private static String problem(String url, SQLException e) {
    String message = Secrets.hidden(String.valueOf(e.getMessage()));
    if (!message.toLowerCase(Locale.ROOT).startsWith("no suitable driver")) {
      return "cannot be read: " + message;
    }
    return url.startsWith(DUCKDB)
        ? "needs the DuckDB driver, which 'mvn -q -Pjar,duckdb package -DskipTests' builds in"
        : "no driver on the class path takes this URL: run dae4j with"
            + " java -cp dae4j.jar:DRIVER.jar io.github.dae4j.cli.Dae4j";
  }
}
