package io.github.dae4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.cli.study.Outcome;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command meets around it: variables, locales, streams, folders, other commands. */
@EnabledOnOs(OS.LINUX)
class SurroundingsTest {

  private static final List<String> FEW =
      List.of(
          "--set=data.train=60",
          "--set=data.validation=20",
          "--set=data.test=20",
          "--set=stack.layers[0].units=8",
          "--set=stack.layers[1].units=8",
          "--set=pretraining.epochs=1",
          "--set=fine-tuning.epochs=1");

  @TempDir private Path folder;

  @Test
  @Tag("slow") // processes that train
  void noDisplayNoTemporaryDirectoryAndAnotherLocaleChangeNothing()
      throws IOException, InterruptedException {
    JavaProcess process =
        JavaProcess.start(
            folder,
            List.of("-Djava.io.tmpdir=/nonexistent", "-Duser.language=ar", "-Duser.country=EG"),
            Map.of("DISPLAY", ":99"),
            train());
    Outcome outcome = process.await();
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(Files.readString(run().resolve("report.html")))
        .matches(text -> text.codePoints().noneMatch(SurroundingsTest::isForeignDigit));
    assertThat(outcome.out())
        .contains("layer 0")
        .matches(text -> text.codePoints().noneMatch(SurroundingsTest::isForeignDigit));
  }

  /** As in cron, systemd and containers, where no locale is set. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "inspect TABLE --json",
        "inspect TABLE --yaml",
        "train TABLE --label=名前 --updates=3 --json -o RUN",
        "evaluate RUN TABLE --json",
        "impute RUN TABLE - --json"
      })
  void whatProgramsReadIsUtf8InEveryLocale(String command) throws IOException {
    Path table = folder.resolve("u.csv");
    Files.writeString(table, "größe,名前\n" + "1.5,猫\n2.5,犬\n3.5,猫\n".repeat(20));
    if (command.contains(" RUN TABLE")) {
      Outcome.of("train", table.toString(), "--label=名前", "--updates=3", "-o", run().toString());
      Files.writeString(table, "größe,名前,naïve\n1.5,猫,1\n2.5,犬,2\n");
    }
    List<String> encodings = List.of("sun.stdout.encoding", "sun.stderr.encoding");
    List<String> before = encodings.stream().map(System::getProperty).toList();
    encodings.forEach(name -> System.setProperty(name, "US-ASCII"));
    try {
      Outcome outcome =
          Outcome.of(
              command
                  .replace("TABLE", table.toString())
                  .replace("RUN", run().toString())
                  .split(" "));
      assertThat(outcome.exitCode()).as(outcome.err()).isZero();
      String read = command.startsWith("impute") ? outcome.err() : outcome.out();
      assertThat(read)
          .contains(
              command.startsWith("impute")
                  ? List.of("naïve")
                  : command.startsWith("evaluate")
                      ? List.of("größe", "名前", "猫", "犬")
                      : List.of("größe", "名前"))
          .doesNotContain("??");
    } finally {
      for (int i = 0; i < before.size(); i++) {
        if (before.get(i) == null) {
          System.clearProperty(encodings.get(i));
        } else {
          System.setProperty(encodings.get(i), before.get(i));
        }
      }
    }
  }

  @Test
  void lettersOfArgumentsThatTheLocaleLacksComeWithAdvice()
      throws IOException, InterruptedException {
    Path table = Files.writeString(folder.resolve("t.csv"), "x,名\n" + "1,a\n2,b\n".repeat(9));
    JavaProcess process =
        JavaProcess.start(
            folder,
            List.of(),
            Map.of("LC_ALL", "C"),
            "train",
            table.toString(),
            "--label=名",
            "--output=" + run());
    Outcome outcome = process.await();
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith("error: --label must be among the columns [x, ")
        .endsWith(" (this locale lacks letters of the command; LC_ALL=C.UTF-8 has all)\n");
  }

  private static boolean isForeignDigit(int symbol) {
    return Character.isDigit(symbol) && symbol > '9';
  }

  @Test
  void threadsOfOpenMpThatAreNoNumberAreNamed() throws IOException, InterruptedException {
    String value = "4,2";
    JavaProcess process =
        JavaProcess.start(folder, List.of(), Map.of("OMP_NUM_THREADS", value), train());
    assertThat(process.await())
        .isEqualTo(
            new Outcome(
                2,
                "",
                "error: OMP_NUM_THREADS in the environment must be in [1, 256], got %s%n"
                    .formatted(value)));
    assertThat(run()).doesNotExist();
  }

  @Test
  void whatCannotBePrintedIsNoSuccess() throws IOException, InterruptedException {
    Outcome outcome = JavaProcess.startInShell(folder, ">/dev/full", "--help").await();
    assertThat(outcome).isEqualTo(new Outcome(1, "", "error: standard output cannot be written\n"));
  }

  /** As other programs end by the signal for it: without a word. */
  @Test
  void aReaderThatHasGoneIsNoError() throws IOException, InterruptedException {
    Path table = Files.writeString(folder.resolve("t.csv"), "x,y\n" + "1,a\n2,b\n".repeat(9));
    String quiet = "| true; exit ${PIPESTATUS[0]}";
    assertThat(JavaProcess.startInShell(folder, quiet, "inspect", table.toString()).await())
        .isEqualTo(new Outcome(141, "", ""));
    Path model = folder.resolve("model.zip");
    StackedDenoisingAutoEncoder.builder(4, 2).build().save(model, false);
    Path rows = Files.writeString(folder.resolve("rows.csv"), "0,1,0.5,0.1\n".repeat(9000));
    Outcome outcome =
        JavaProcess.startInShell(
                folder, quiet, "encode", model.toString(), rows.toString(), "-", "-q")
            .await();
    assertThat(outcome).isEqualTo(new Outcome(141, "", ""));
  }

  @Test
  void aClosedStandardInputIsSaid() throws IOException, InterruptedException {
    Path model = folder.resolve("model.zip");
    StackedDenoisingAutoEncoder.builder(4, 2).build().save(model, false);
    Outcome outcome =
        JavaProcess.startInShell(folder, "0>&-", "encode", model.toString(), "-", "-").await();
    assertThat(outcome).isEqualTo(new Outcome(2, "", "error: standard input is closed\n"));
  }

  @Test
  @Tag("slow") // processes that train
  void ofSeveralThatTrainIntoOneFolderOneRuns() throws Exception {
    List<JavaProcess> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Path streams = Files.createDirectory(folder.resolve("streams" + i));
      processes.add(JavaProcess.start(streams, List.of(), Map.of(), train("--set=seed=" + i)));
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (JavaProcess process : processes) {
      outcomes.add(process.await());
    }
    assertThat(outcomes).filteredOn(outcome -> outcome.exitCode() == 0).hasSize(1);
    assertThat(outcomes)
        .filteredOn(outcome -> outcome.exitCode() != 0)
        .allSatisfy(
            outcome -> {
              assertThat(outcome.exitCode()).isEqualTo(2);
              assertThat(outcome.err())
                  .matches(
                      "error: (another command is training in .*|.* already holds a run: .*)\\R");
            });
  }

  @Test
  @Tag("slow") // processes that train
  void aRunWhoseLockFileWasDeletedIsNotTakenByAnother() throws Exception {
    JavaProcess first =
        JavaProcess.start(
            Files.createDirectory(folder.resolve("first")),
            List.of(),
            Map.of(),
            train("--set=pretraining.epochs=100000"));
    Path checkpoints = run().resolve("checkpoints");
    for (int i = 0; i < 600 && !hasFiles(checkpoints); i++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    Files.delete(run().resolve("train.lock"));
    Files.deleteIfExists(run().resolve("lock"));
    Outcome outcome = Outcome.of("resume", run().toString());
    first.process().destroyForcibly().waitFor();
    assertThat(outcome.err())
        .isEqualTo("error: another command is training in %s%n".formatted(run()));
    assertThat(outcome.exitCode()).isEqualTo(2);
  }

  private static boolean hasFiles(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return false;
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isPresent();
    }
  }

  @Test
  void controlCharactersOfNamesDoNotReachTheTerminal() {
    String name = "\u001b[31m" + "long".repeat(100) + ".zip";
    Outcome outcome = Outcome.of("encode", name, "in.csv", "out.csv");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .startsWith("error: \\u001b[31mlonglong")
        .contains("...")
        .doesNotContain("\u001b")
        .hasSizeLessThan(260);
  }

  @Test
  void controlCharactersDoNotReachTheTerminalInAStackTraceEither() {
    Outcome outcome = Outcome.of("encode", "\u001b[31m.zip", "in.csv", "out.csv", "--stacktrace");
    assertThat(outcome.err())
        .contains("Exception: \\u001b[31m.zip: no such model", "\tat ")
        .doesNotContain("\u001b");
  }

  private String[] train(String... more) {
    List<String> arguments = new ArrayList<>(List.of("train", "../configs/quickstart.yaml"));
    arguments.addAll(FEW);
    arguments.addAll(List.of(more));
    arguments.add("--output=" + run());
    return arguments.toArray(String[]::new);
  }

  private Path run() {
    return folder.resolve("run");
  }
}
