package io.github.dae4j.cli.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.cli.config.TableData;
import io.github.dae4j.stacked.table.Table;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableSourceTest {

  @TempDir private Path folder;

  /** Blanks around words are none of a cell's either. */
  @Test
  void wordsForMissingCellsMeanTheSameOfFilesAndQueries() throws IOException, SQLException {
    List<String> words = List.of(" -", "\tNA ", "-", "");
    String file = Files.writeString(folder.resolve("rows.csv"), "x,y\n1,-\n2,3\n").toString();
    Driver driver = oneColumn();
    DriverManager.registerDriver(driver);
    try {
      for (TableData data :
          List.of(
              new TableData.File(file, null, null, words, null, null, null, null),
              new TableData.Query("jdbc:one", "select x", null, null, words))) {
        assertThat(TableSource.open(data).missing()).containsExactly("-", "NA", "");
      }
      Table usual = TableSource.open(new TableData.Query("jdbc:one", "select x", null, null, null));
      assertThat(usual.missing()).contains("N/A", "?");
    } finally {
      DriverManager.deregisterDriver(driver);
    }
  }

  /** A driver whose queries all give a column x without rows. */
  private static Driver oneColumn() {
    Object[] results = new Object[1];
    results[0] =
        proxy(
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "executeQuery", "getMetaData", "getStatement" -> results[0];
                  case "getColumnCount" -> 1;
                  case "getColumnLabel" -> "x";
                  case "next" -> false;
                  default -> null;
                },
            Statement.class,
            ResultSet.class,
            ResultSetMetaData.class);
    Object connection =
        proxy(
            (proxy, method, args) -> method.getName().equals("createStatement") ? results[0] : null,
            Connection.class);
    return (Driver)
        proxy(
            (proxy, method, args) ->
                switch (method.getName()) {
                  case "connect" -> args[0].equals("jdbc:one") ? connection : null;
                  case "acceptsURL" -> args[0].equals("jdbc:one");
                  case "equals" -> proxy == args[0];
                  case "hashCode" -> 1;
                  default -> null;
                },
            Driver.class);
  }

  private static Object proxy(InvocationHandler handler, Class<?>... types) {
    return Proxy.newProxyInstance(TableSourceTest.class.getClassLoader(), types, handler);
  }
}
