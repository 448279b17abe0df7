package io.github.dae4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.dae4j.cli.study.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.TimeZone;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parquet, JSON lines and patterns of files; with -Pduckdb. */
class DuckDbTest {

  @TempDir private static Path folder;

  private static boolean hasDriver() {
    return DriverManager.drivers()
        .anyMatch(driver -> driver.getClass().getName().contains("duckdb"));
  }

  @BeforeAll
  static void write() throws SQLException {
    if (!hasDriver()) {
      return;
    }
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table people as select i as id, 20 + i * 7 % 41 as age,"
              + " 100.5 * (20 + i * 7 % 41) as salary, ['smith', 'clerk'][1 + i % 2] as job"
              + " from range(120) r(i)");
      for (String part : new String[] {"part-1.parquet", "part-2.parquet", "people.jsonl"}) {
        String rows = part.contains("1") ? "id < 60" : part.contains("2") ? "id >= 60" : "true";
        statement.execute(
            "copy (from people where %s) to '%s'".formatted(rows, folder.resolve(part))
                + (part.endsWith("jsonl") ? " (format json)" : ""));
      }
    }
  }

  @Test
  void filesAndPatternsAreTables() throws IOException {
    assumeTrue(hasDriver(), "without -Pduckdb");
    Path run = folder.resolve("run");
    String pattern = folder.resolve("part-*.parquet").toString();
    Outcome trained = Outcome.of("train", pattern, "-o", run.toString(), "--updates=30");
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(trained.out()).contains("120 rows, 3 of 4 columns used");
    String ofPattern = Outcome.of("encode", run.toString(), pattern, "-", "-q").out();
    String ofLines =
        Outcome.of("encode", run.toString(), folder.resolve("people.jsonl").toString(), "-", "-q")
            .out();
    assertThat(ofPattern).hasLineCount(121).isEqualTo(ofLines);
    Path scores = folder.resolve("scores.csv");
    Outcome scored =
        Outcome.of(
            "score",
            run.toString(),
            "--jdbc=jdbc:duckdb:",
            "--query=select job, age, salary from '%s' where age > 30".formatted(pattern),
            scores.toString());
    assertThat(scored.exitCode()).as(scored.err()).isZero();
    assertThat(Files.readAllLines(scores)).hasSizeGreaterThan(50);
  }

  /** DuckDB's Timestamp of that night is an hour late in Berlin. */
  @Test
  void timesAreThoseOfTheTableInTheHourThatSummerTimeSkips() {
    assumeTrue(hasDriver(), "without -Pduckdb");
    String query = "select timestamp '2021-03-28 02:30:00' + to_days(i::int) t from range(40) r(i)";
    TimeZone usual = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
      Outcome read = Outcome.of("inspect", "--jdbc=jdbc:duckdb:", "--query=" + query);
      assertThat(read.exitCode()).as(read.err()).isZero();
      assertThat(read.out()).contains("2021-03-28T02:30");
    } finally {
      TimeZone.setDefault(usual);
    }
  }

  @Test
  void withoutTheDriverTheProfileIsNamed() throws IOException {
    assumeTrue(!hasDriver(), "with -Pduckdb");
    Path file = Files.writeString(folder.resolve("people.parquet"), "PAR1");
    assertThat(Outcome.of("inspect", file.toString()).err())
        .isEqualTo(
            "error: %s: needs the DuckDB driver, which 'mvn -q -Pjar,duckdb package -DskipTests'"
                    .formatted(file)
                + " builds in\n");
  }
}
