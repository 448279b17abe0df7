package io.github.dae4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.cli.study.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs on tables: from configurations, stopped and resumed, on files larger than memory. */
class RunsOfTablesTest {

  @TempDir private Path folder;

  private Path table(int rows) throws IOException {
    Random random = new Random(3);
    StringBuilder text = new StringBuilder("size,weight,kind\n");
    for (int i = 0; i < rows; i++) {
      int size = 10 + random.nextInt(40);
      text.append(
          "%d.0,%d,%s\n"
              .formatted(
                  size,
                  3 * size + random.nextInt(9),
                  i % 3 == 0 ? "NA" : size > 30 ? "large" : "small"));
    }
    return Files.writeString(folder.resolve("things.csv"), text);
  }

  @Test
  void whatInspectPrintsTrainsTheSameModelAsTheTable() throws IOException {
    Path table = table(80);
    Path first = folder.resolve("first");
    Outcome trained = Outcome.of("train", table.toString(), "-o", first.toString(), "--updates=20");
    assertThat(trained.exitCode()).as(trained.err()).isZero();
    Outcome yaml = Outcome.of("inspect", table.toString(), "--yaml");
    assertThat(yaml.exitCode()).as(yaml.err()).isZero();
    assertThat(yaml.out())
        .contains("\n  # left out are text without a number, identifier, constant and skip.\n");
    Path configuration = Files.writeString(folder.resolve("things.yaml"), yaml.out());
    Path second = folder.resolve("second");
    Outcome again =
        Outcome.of(
            "train", configuration.toString(), "-o", second.toString(), "--set=model.updates=20");
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(second.resolve("model.zip")).hasSameBinaryContentAs(first.resolve("model.zip"));
    assertThat(Files.readString(first.resolve("configuration.yaml")))
        .contains("table: " + table.toAbsolutePath(), "updates: 20");
    assertThat(trained.out())
        .containsPattern("detector 1 +network 1/9 +20 minibatches +loss \\d.* s\n")
        .containsPattern("codes +network 9/9 ");
    assertThat(first.resolve("checkpoints")).doesNotExist();
    assertThat(Outcome.of("resume", first.toString()).out())
        .startsWith("The run has finished.\nthings.csv: 80 rows, 3 of 3 columns used");
  }

  @Test
  void theShippedConfigurationTrains() throws IOException {
    Path run = folder.resolve("run");
    String configuration =
        Files.readString(Path.of("..", "configs", "table.yaml"))
            .replace("datasets/src", "../datasets/src");
    Path file = Files.writeString(folder.resolve("table.yaml"), configuration);
    Outcome outcome =
        Outcome.of(
            "train", file.toString(), "-o", run.toString(), "--set=model.updates=10", "--json");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out().lines())
        .anyMatch(
            line ->
                line.matches("\\{\"event\":\"network\",\"network\":\"detector 1\",\"number\":1.*"))
        .last()
        .asString()
        .startsWith("{\"event\":\"result\"")
        .contains("\"label\":\"species\"");
  }

  @Test
  void aRunWhoseTableHasChangedIsRefusedByName() throws IOException {
    Path table = table(60);
    Path run = folder.resolve("run");
    List<String> before = Files.readAllLines(table);
    Outcome.of("train", table.toString(), "-o", run.toString(), "--updates=10");
    Files.delete(run.resolve("report.json")); // as if it had been killed while it was written
    assertThat(Outcome.of("resume", run.toString()).exitCode()).isZero();
    Outcome stdin =
        Outcome.ofInput(
            String.join("\n", before) + "\n",
            "train",
            "-",
            "-o",
            folder.resolve("piped").toString(),
            "--updates=10",
            "-q");
    assertThat(stdin.exitCode()).as(stdin.err()).isZero();
    Files.delete(folder.resolve("piped").resolve("report.json"));
    assertThat(Outcome.of("resume", folder.resolve("piped").toString()).err())
        .endsWith("its table came from standard input; name it with --data, or train again\n");
    assertThat(
            Outcome.of("resume", folder.resolve("piped").toString(), "--data=" + table).exitCode())
        .isZero();
  }

  @Test
  void pathsAreWholeAndWithoutDetours() throws IOException {
    Path table = table(40).toAbsolutePath();
    Path run = folder.resolve("run");
    Outcome outcome =
        Outcome.of(
            "train",
            Path.of("").toAbsolutePath().relativize(table).toString(),
            "--output=" + Files.createDirectory(folder.resolve("other")).resolve("../run"),
            "--updates=3");
    assertThat(outcome.out()).endsWith("Model, report.html and report.json are in " + run + "\n");
    assertThat(Files.readString(run.resolve("report.html"))).contains("  table: " + table);
  }

  @Test
  @Tag("slow")
  @EnabledOnOs({OS.LINUX, OS.MAC})
  @Timeout(200)
  void ctrlCAndKillLeaveCheckpointsFromWhichResumeComesToTheSameModel()
      throws IOException, InterruptedException {
    Path table = table(80);
    Path run = folder.resolve("run");
    String[] train = {"train", table.toString(), "--output=" + run, "--updates=300"};
    JavaProcess process = JavaProcess.start(folder, List.of(), train);
    await("detector 2", process);
    new ProcessBuilder("kill", "-INT", "" + process.process().pid()).start().waitFor();
    Outcome stopped = process.await();
    assertThat(stopped.exitCode()).isEqualTo(130);
    assertThat(stopped.err())
        .matches(
            "training was stopped; its checkpoint holds: [234] of 9 networks; resume with: dae4j resume %s\n"
                .formatted(run));
    JavaProcess killed = JavaProcess.start(folder, List.of(), "resume", run.toString());
    await("detector 4", killed);
    killed.process().destroyForcibly().waitFor();
    Files.writeString(table, Files.readString(table).replaceFirst("(?m)^(\\d+\\.0,)\\d+", "$1999"));
    Outcome changed = Outcome.of("resume", run.toString());
    assertThat(changed.exitCode()).isNotZero();
    assertThat(changed.err())
        .contains("the run cannot be resumed, for ", "things.csv has changed: column 'weight'")
        .hasLineCount(1);
    table(80);
    Outcome resumed = Outcome.of("resume", run.toString());
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.out()).doesNotContain("detector 1", "detector 2 ");
    Path other = folder.resolve("other");
    Outcome.of("train", table.toString(), "--output=" + other, "--updates=300");
    assertThat(run.resolve("model.zip")).hasSameBinaryContentAs(other.resolve("model.zip"));
  }

  private static void await(String text, JavaProcess process)
      throws IOException, InterruptedException {
    while (!Files.readString(process.out()).contains(text)) {
      assertThat(process.process().isAlive()).as(Files.readString(process.err())).isTrue();
      Thread.sleep(20);
    }
  }

  /** 160 MB by a heap of 64. */
  @Test
  @Tag("slow")
  void aFileLargerThanMemoryStreams() throws IOException, InterruptedException {
    Path run = folder.resolve("run");
    Outcome.of("train", table(60).toString(), "-o", run.toString(), "--updates=10", "-q");
    Path large = folder.resolve("large.csv");
    String text = "x".repeat(40_000);
    try (var out = Files.newBufferedWriter(large)) {
      out.write("size,weight,kind,note\n");
      for (int i = 0; i < 4000; i++) {
        out.write("%d.0,%d,small,%s\n".formatted(10 + i % 40, 3 * (i % 40), text));
      }
    }
    Path full = folder.resolve("full.csv");
    Outcome outcome =
        JavaProcess.start(
                folder,
                List.of("-Xmx64m"),
                "impute",
                run.toString(),
                large.toString(),
                full.toString())
            .await();
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err()).contains("impute: 4000 rows, 0 cells filled");
    assertThat(Files.size(full)).isEqualTo(Files.size(large));
  }
}
