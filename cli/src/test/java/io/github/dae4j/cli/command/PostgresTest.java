package io.github.dae4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.dae4j.cli.study.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of a real PostgreSQL that the test starts for itself; skipped where it is not installed. */
@Tag("slow")
class PostgresTest {

  private static final String PASSWORD = "S3cret-word";
  private static final String QUERY =
      "select id, age, salary, job from people where salary > 0 order by id";

  @TempDir private static Path folder;
  private static Path server;
  private static Path programs;
  private static String address;

  @BeforeAll
  static void start() throws IOException, InterruptedException, SQLException {
    programs = programs();
    assumeTrue(programs != null, "PostgreSQL is not installed");
    assumeTrue(!isRoot() || Files.isExecutable(Path.of("/usr/sbin/runuser")), "no other user");
    server = Files.createTempDirectory("dae4j-postgres");
    if (isRoot()) { // as whom PostgreSQL does not run
      run(List.of("chown", "postgres", server.toString()));
    }
    Path password = Files.writeString(server.resolve("password"), PASSWORD);
    Path data = server.resolve("data");
    postgres(
        "initdb", "-D", data, "-U", "me", "-A", "scram-sha-256", "--no-sync", "--pwfile", password);
    int port = freePort();
    postgres(
        "pg_ctl",
        "-D",
        data,
        "-l",
        server.resolve("log"),
        "-w",
        "-o",
        "-p %d -k %s -c listen_addresses=127.0.0.1 -c fsync=off".formatted(port, server),
        "start");
    address = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=me";
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table people as select i as id, 20 + i * 7 % 41 as age,"
              + " (100 * (20 + i * 7 % 41) + i % 13)::numeric(10, 2) as salary,"
              + " (array['smith', 'clerk', null])[1 + i % 3] as job from generate_series(1, 120) i");
    }
  }

  @AfterAll
  static void stop() throws IOException, InterruptedException {
    if (address != null) {
      postgres("pg_ctl", "-D", server.resolve("data"), "-m", "immediate", "stop");
    }
    if (server != null) {
      run(List.of("rm", "-rf", server.toString()));
    }
  }

  private static Path programs() throws IOException {
    Path all = Path.of("/usr/lib/postgresql");
    if (!Files.isDirectory(all)) {
      return null;
    }
    try (Stream<Path> versions = Files.list(all)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .findFirst()
          .orElse(null);
    }
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void postgres(String program, Object... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(programs.resolve(program).toString());
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    run(command);
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.getRoot().toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
  }

  private static String url() {
    return address + "&password=" + PASSWORD;
  }

  @Test
  void aQueryIsATableToEveryCommandAndNobodySeesThePassword() throws IOException {
    Path run = folder.resolve("run");
    Outcome trained =
        Outcome.of(
            "train", "--jdbc", url(), "--query", QUERY, "-o", run.toString(), "--updates=30");
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    assertThat(trained.out()).contains("query: 120 rows, 3 of 4 columns used");
    try (Stream<Path> files = Files.list(run)) {
      for (Path file : files.filter(file -> !file.toString().endsWith(".zip")).toList()) {
        assertThat(Files.readString(file)).doesNotContain(PASSWORD);
      }
    }
    assertThat(Files.readString(run.resolve("configuration.yaml")))
        .contains("jdbc: " + address, "select id, age");

    Path csv = folder.resolve("people.csv");
    Path full = folder.resolve("full.csv");
    Outcome imputed =
        Outcome.of("impute", run.toString(), "--jdbc", url(), "--query", QUERY, full.toString());
    assertThat(imputed.err()).startsWith("impute: 120 rows, 40 cells filled");
    assertThat(Files.readAllLines(full)).hasSize(121).startsWith("id,age,salary,job");
    Files.write(csv, Files.readAllLines(full));
    String ofFile = Outcome.of("encode", run.toString(), csv.toString(), "-", "-q").out();
    assertThat(ofFile).hasLineCount(121);
    Outcome inspected = Outcome.of("inspect", "--jdbc", url(), "--query", QUERY, "--yaml");
    assertThat(inspected.out()).contains("jdbc: \"" + address + "\"").doesNotContain(PASSWORD);
  }

  @Test
  void whatTheServerRefusesIsOneLineWithoutThePassword() {
    for (String[] command :
        List.of(
            new String[] {address + "&password=wr0ng-word", QUERY},
            new String[] {url(), "select nothing from nowhere"},
            new String[] {url().replace("postgresql:", "oracle:"), QUERY})) {
      Outcome outcome =
          Outcome.of("inspect", "--jdbc", command[0], "--query", command[1], "--stacktrace");
      assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(2);
      assertThat(outcome.out()).isEmpty();
      assertThat(outcome.err().lines().findFirst().orElseThrow())
          .startsWith("error: ")
          .doesNotContain("wr0ng", PASSWORD);
      assertThat(outcome.err()).doesNotContain("wr0ng", PASSWORD);
    }
  }
}
