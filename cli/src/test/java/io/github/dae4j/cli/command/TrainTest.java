package io.github.dae4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.dae4j.cli.config.ExperimentConfiguration;
import io.github.dae4j.cli.config.ImageData.BuiltIn;
import io.github.dae4j.cli.config.ImageData.BuiltIn.Source;
import io.github.dae4j.cli.config.YamlReader;
import io.github.dae4j.cli.experiment.RunFiles;
import io.github.dae4j.cli.experiment.TrainingReport;
import io.github.dae4j.cli.study.Outcome;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.finetuning.FineTuningResult;
import io.github.dae4j.testing.IdxBytes;
import io.github.dae4j.testing.Markup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainTest {

  private static final Path CONFIGS = Path.of("..", "configs");
  private static final Path QUICKSTART = CONFIGS.resolve("quickstart.yaml");

  @TempDir private Path folder;

  static Stream<Path> shippedConfigurations() throws IOException {
    try (Stream<Path> files = Files.list(CONFIGS)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.toString().matches(".*(table|images).yaml"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("shippedConfigurations")
  void everyShippedConfigurationRunsInAReducedForm(Path file) throws IOException {
    Outcome outcome = Outcome.of(train(file));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.err()).isEmpty();

    ExperimentConfiguration configuration = YamlReader.read(file, List.of());
    TrainingReport report = run().finished().orElseThrow();
    assertThat(report.images()).isEqualTo(60);
    assertThat(report.pretraining())
        .hasSize(configuration.pretraining() == null ? 0 : configuration.stack().layers().size());
    assertThat(report.fineTuning() == null).isEqualTo(configuration.fineTuning() == null);
    assertThat(StackedDenoisingAutoEncoder.load(run().model()).network().getParam("0_W").size(0))
        .isEqualTo(784);
    assertThat(Outcome.of("evaluate", run().path().toString()).out())
        .contains(
            String.format(
                Locale.ROOT, "reconstruction error %.4g,", report.test().reconstructionError()));
  }

  @Test
  void trainTellsEachEpochAndLeavesTheConfigurationInForceModelPicturesAndReport()
      throws IOException {
    Outcome outcome = Outcome.of(train(QUICKSTART, "--set", "fine-tuning.epochs=2"));
    assertThat(outcome.out().lines())
        .filteredOn(line -> line.contains("epoch "))
        .satisfiesExactly(
            line -> assertThat(line).matches("layer 0 +epoch 1/1  loss \\d+\\.\\d  \\d+\\.\\d s"),
            line -> assertThat(line).matches("layer 1 +epoch 1/1  loss \\d\\.\\d+  \\d+\\.\\d s"),
            line ->
                assertThat(line)
                    .matches("fine-tuning +epoch 1/2  loss .+  validation 0\\.\\d+  \\d+\\.\\d s"),
            line -> assertThat(line).startsWith("fine-tuning  epoch 2/2  loss"),
            line -> assertThat(line).contains("best validation"));
    try (Stream<Path> files = Files.list(run().path())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains(
              "configuration.yaml",
              "examples.png",
              "filters-1.png",
              "filters.png",
              "fine-tuning.png",
              "model.zip",
              "pretraining.png",
              "report.html",
              "report.json");
    }
    assertThat(run().read().fineTuning().epochs()).isEqualTo(2);
    TrainingReport report = run().finished().orElseThrow();
    assertThat(report.command()).startsWith("dae4j train " + QUICKSTART + " --set data.train=60");
    assertThat(IntStream.of(report.test().classification().confusion()[0]).sum()).isPositive();
    assertThat(report.fineTuning().epochs()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"quickstart.yaml", "mnist-100-labels.yaml"})
  void withoutValidationTheLastParametersAreKept(String configuration) throws IOException {
    Outcome outcome =
        Outcome.of(
            train(
                CONFIGS.resolve(configuration),
                "--set",
                "data.validation=0",
                "--set",
                "fine-tuning.patience=null",
                "--set",
                "fine-tuning.epochs=2"));
    TrainingReport report = run().finished().orElseThrow();
    FineTuningResult fineTuning = report.fineTuning();
    assertThat(fineTuning.best().epoch()).isEqualTo(1);
    assertThat(fineTuning.epochs()).allMatch(epoch -> Double.isNaN(epoch.validationScore()));
    assertThat(outcome.out())
        .doesNotContain("validation", "NaN")
        .contains(
            String.format(
                Locale.ROOT,
                "fine-tuning  2 epochs, loss %.4g, ",
                fineTuning.epochs().get(1).trainingLoss()));
    assertThat(Files.readString(run().page()))
        .contains("The last parameters are kept")
        .doesNotContain("Fine-tuning: validation", "NaN");
  }

  @Test
  void quietLeavesTheSummary() {
    Outcome outcome = Outcome.of(train(QUICKSTART, "--quiet"));
    assertThat(outcome.out()).doesNotContain("epoch 1/1").contains("layer 0      1 epochs, loss");
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void forAProgramEachLineIsAnObjectAndTheLastHoldsTheReport() throws IOException {
    Outcome outcome = Outcome.of(train(QUICKSTART, "--json"));
    assertThat(outcome.err()).isEmpty();
    List<String> lines = outcome.out().lines().toList();
    assertThat(lines)
        .hasSize(4)
        .allMatch(line -> line.startsWith("{\"event\":\"") && line.endsWith("}"));
    JsonNode result = new ObjectMapper().readTree(lines.get(3));
    assertThat(result.get("event").asText()).isEqualTo("result");
    assertThat(result.get("directory").asText()).isEqualTo(run().path().toString());
    assertThat(result.get("report"))
        .isEqualTo(new ObjectMapper().readTree(run().report().toFile()));
    assertThat(Outcome.of("resume", run().path().toString(), "--json", "--quiet"))
        .isEqualTo(new Outcome(0, lines.get(3) + "\n", ""));
  }

  @Test
  void aDirectoryWithARunIsRefusedAndItsResultIsShownByResume() {
    Outcome trained = Outcome.of(train(QUICKSTART, "--quiet"));
    Outcome again = Outcome.of(train(QUICKSTART));
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err())
        .isEqualTo(
            "error: %s already holds a run: resume it with 'dae4j resume %s', or name another --output%n"
                .formatted(run().path(), run().path()));
    assertThat(Outcome.of("resume", run().path().toString()))
        .isEqualTo(new Outcome(0, "The run has finished.\n" + trained.out(), ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.zip", "report.json", "checkpoints"})
  void aDirectoryWithTheFilesOfAnotherProgramIsRefused(String name) throws IOException {
    Path file = Files.createDirectories(run().path()).resolve(name);
    Files.createFile(file);
    Outcome outcome = Outcome.of(train(QUICKSTART));
    assertThat(outcome.err())
        .isEqualTo("error: %s is there already: name another --output%n".formatted(file));
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(run().hasRun()).isFalse();
  }

  @Test
  void otherDataLeaveOutTheFolderOfTheConfiguration() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("mnist.yaml"),
            Files.readString(QUICKSTART)
                .replace("source: drawn", "source: mnist\n  directory: nowhere"));
    Outcome outcome = Outcome.of(train(file, "--data=drawn"));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(((BuiltIn) run().read().data()).directory()).isNull();
  }

  @Test
  void aRunThatWasKilledBeforeItsFirstCheckpointBeginsAgainAndComesToTheSameModel()
      throws IOException {
    Outcome.of(train(QUICKSTART));
    float[] parameters = parameters();
    Path killed = Files.createDirectories(folder.resolve("killed"));
    Files.copy(run().configuration(), killed.resolve(run().configuration().getFileName()));
    Files.move(run().path(), folder.resolve("first"));
    Files.move(killed, run().path());
    Outcome outcome = Outcome.of("resume", run().path().toString());
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(parameters()).isEqualTo(parameters);
  }

  @Test
  void theFilesOfARunCanMove() throws IOException {
    Outcome.of(train(CONFIGS.resolve("mnist-da.yaml")));
    Files.delete(run().report()); // as if it had been killed before the end
    Path moved = Files.move(folder.resolve("mnist"), folder.resolve("it's moved"));
    Outcome lost = Outcome.of("resume", run().path().toString());
    assertThat(lost.err())
        .endsWith(
            "mnist: no such file or folder; --data says where the data are, if they have moved\n")
        .hasLineCount(1);
    assertThat(lost.exitCode()).isEqualTo(2);
    Outcome found = Outcome.of("resume", run().path().toString(), "--data=" + moved);
    assertThat(found.exitCode()).as(found.err()).isZero();
    assertThat(run().finished()).isPresent();
    assertThat(Markup.of(Files.readString(run().page())).texts("pre"))
        .contains(
            "dae4j resume %s '--data=%s'"
                .formatted(run().path(), moved.toString().replace("'", "'\\''")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {jdbc: 'jdbc:x:', query: select 1} | --data must be left out: the data of this run are those of a query, got HERE
          {source: drawn}                    | --data must be left out: the data of this run are drawn, got HERE
          {problem: rectangles}              | --data must be left out: the data of this run are drawn, got HERE
          {problem: rot, digits: drawn}      | --data must be left out: the data of this run are drawn, got HERE
          {problem: rot}                     | HERE does not hold MNIST
          {source: mnist}                    | HERE does not hold MNIST
          {problem: bg-img, photos: THERE, directory: HERE/gone}     | THERE: must hold images
          {problem: bg-img, photos: HERE/gone, directory: HERE/gone} | HERE/gone: no such file or folder
          """)
  void dataThatMayHaveMovedAreThoseThatHaveAPlace(String data, String message) throws IOException {
    String here = Files.createDirectory(folder.resolve("here")).toString();
    String there = Files.createDirectory(folder.resolve("there")).toString();
    Files.createDirectories(run().path());
    String stack = data.contains("jdbc") ? "" : ", stack: {layers: [{units: 8}]}, pretraining: {}";
    Files.writeString(
        run().configuration(),
        "{data: %s%s}".formatted(data.replace("THERE", there).replace("HERE", here), stack));
    Outcome outcome = Outcome.of("resume", run().path().toString(), "--data=" + here);
    assertThat(outcome.err())
        .startsWith("error: " + message.replace("THERE", there).replace("HERE", here))
        .hasLineCount(1);
    assertThat(outcome.exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          train no.yaml                    | error: no.yaml: there is no such file
          train FILE --set epochs=1        | error: --set epochs=1: unknown key 'epochs'
          train FILE --set data.train=many | error: --set data.train=many: data.train must be
          train EMPTY                      | error: EMPTY: there is nothing to train, neither pretraining nor fine-tuning
          train FILE --threads=0           | error: --threads must be in [1, 256], got 0
          train FILE --data=nowhere        | error: HERE/nowhere does not hold MNIST
          train FILE --data=drawn --set data.test=0 | error: --set data.test=0: data.test must be
          train FILE --output=             | error: --output must be a folder, got nothing
          train FILE --output=EMPTY/run    | error: EMPTY/run must be a folder that can be written: Not a directory
          train FILE --data=               | error: --data must be drawn, mnist or a folder, got nothing
          resume nowhere                   | error: nowhere holds no run: there is no configuration.yaml
          train                            | error: Missing required parameter: 'DATA' (see 'dae4j train --help')
          """)
  void whatIsWrongIsOneLineAndNothingIsWritten(String command, String message) throws IOException {
    Path empty =
        Files.writeString(
            folder.resolve("empty.yaml"), "{data: {source: drawn}, stack: {layers: [{units: 8}]}}");
    List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
    arguments.replaceAll(word -> word.equals("FILE") ? QUICKSTART.toString() : word);
    arguments.replaceAll(word -> word.replace("EMPTY", empty.toString()));
    if (command.startsWith("train") && !command.contains("--output")) {
      arguments.add("--output=" + run().path());
    }
    Outcome outcome = Outcome.of(arguments.toArray(String[]::new));
    assertThat(outcome.err())
        .startsWith(
            message
                .replace("EMPTY", empty.toString())
                .replace("HERE", Path.of("").toAbsolutePath().toString()))
        .hasLineCount(1);
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(run().path()).doesNotExist();
  }

  @Test
  void fewerImagesThanTheConfigurationWantsAreAnErrorInTheInput() throws IOException {
    Outcome outcome =
        Outcome.of(train(CONFIGS.resolve("mnist-da.yaml"), "--set", "data.train=100"));
    assertThat(outcome.err())
        .isEqualTo(
            "error: data.train + data.validation must be at most the 80 images that the"
                + " files hold, got 120\n");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(run().path()).doesNotExist();
  }

  @Test
  void divergenceIsAFailureInOneLine() {
    Outcome outcome = Outcome.of(train(QUICKSTART, "--set", "pretraining.updater.sgd=1e38"));
    assertThat(outcome.err()).startsWith("error: pretraining layer 0 diverged").hasLineCount(1);
    assertThat(outcome.exitCode()).isEqualTo(1);
  }

  @Test
  void lossesThatNoPictureCanShowAreLeftOutOfIt() {
    Outcome outcome = Outcome.of(train(QUICKSTART, "--set", "pretraining.updater.sgd=1e30"));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(run().finished()).isPresent();
  }

  private RunFiles run() {
    return new RunFiles(folder.resolve("run"));
  }

  private float[] parameters() throws IOException {
    return StackedDenoisingAutoEncoder.load(run().model()).network().params().toFloatVector();
  }

  /** A command that trains in seconds: few images, narrow layers, one epoch. */
  private String[] train(Path file, String... more) {
    ExperimentConfiguration configuration = YamlReader.read(file, List.of());
    List<String> arguments = new ArrayList<>(List.of("train", file.toString()));
    set(arguments, "data.train", 60);
    set(arguments, "data.validation", 20);
    set(arguments, "data.test", 20);
    if (configuration.data().labels() != null) {
      set(arguments, "data.labels", 40);
    }
    for (int layer = 0; layer < configuration.stack().layers().size(); layer++) {
      set(arguments, "stack.layers[" + layer + "].units", 8);
    }
    if (configuration.pretraining() != null) {
      set(arguments, "pretraining.epochs", 1);
    }
    if (configuration.fineTuning() != null) {
      set(arguments, "fine-tuning.epochs", 1);
    }
    if (configuration.data() instanceof BuiltIn data
        && data.source() == Source.MNIST
        && !List.of(more).contains("--data=drawn")) {
      arguments.add("--data=" + mnist());
    }
    arguments.addAll(List.of(more));
    arguments.add("--output=" + run().path());
    return arguments.toArray(String[]::new);
  }

  private static void set(List<String> arguments, String key, int value) {
    arguments.addAll(List.of("--set", key + "=" + value));
  }

  /** 80 images for training and validation, 20 for the test, in MNIST's form. */
  private Path mnist() {
    try {
      Path mnist = Files.createDirectories(folder.resolve("mnist"));
      Files.write(mnist.resolve("train-images-idx3-ubyte"), IdxBytes.images(80, 28, 28));
      Files.write(mnist.resolve("train-labels-idx1-ubyte"), labels(80));
      Files.write(mnist.resolve("t10k-images-idx3-ubyte"), IdxBytes.images(20, 28, 28));
      Files.write(mnist.resolve("t10k-labels-idx1-ubyte"), labels(20));
      return mnist;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] labels(int count) {
    return IdxBytes.labels(IntStream.range(0, count).map(i -> i % 10).toArray());
  }
}
