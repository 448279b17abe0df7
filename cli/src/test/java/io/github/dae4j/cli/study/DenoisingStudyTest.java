package io.github.dae4j.cli.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.dae4j.cli.Dae4j;
import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.stacked.PretrainableNetwork;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DenoisingStudyTest {

  private static final Path CONFIGS = Path.of("..", "configs");

  @TempDir private Path folder;

  @Test
  void trainsAndLeavesPicturesModelsAndReport() throws IOException {
    assertThat(run("--images", "600", "--epochs", "2", "--hidden", "30").exitCode()).isZero();

    JsonNode report = new ObjectMapper().readTree(output().resolve("report.json").toFile());
    assertThat(report.get("images").asInt()).isEqualTo(600);
    assertThat(report.get("runs")).hasSize(2);
    for (JsonNode run : report.get("runs")) {
      assertThat(run.get("losses").get(1).asDouble())
          .isLessThan(run.get("losses").get(0).asDouble());
    }
    assertThat(ImageIO.read(output().resolve("filters_corruption_0.png").toFile()).getWidth())
        .isEqualTo(289);
    assertThat(fileNames())
        .containsExactlyInAnyOrder(
            "losses.png",
            "digits_corruption_0.png",
            "digits_corruption_30.png",
            "filters_corruption_0.png",
            "filters_corruption_30.png",
            "model_corruption_0.zip",
            "model_corruption_30.zip",
            "report.html",
            "report.json");
    PretrainableNetwork model =
        PretrainableNetwork.load(output().resolve("model_corruption_30.zip").toFile(), true);
    DenoisingAutoEncoder layer =
        (DenoisingAutoEncoder) model.getLayerWiseConfigurations().getConf(0).getLayer();
    assertThat(layer.getCorruption()).isEqualTo(new MaskingCorruption(0.3));
  }

  @Test
  void theSameSeedGivesTheSameModel() throws IOException {
    String[] options = {"--images", "200", "--epochs", "1", "--hidden", "20", "--corruption=0.3"};
    run(options);
    byte[] first = Files.readAllBytes(output().resolve("filters_corruption_30.png"));
    run(options);
    assertThat(output().resolve("filters_corruption_30.png")).hasBinaryContent(first);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --corruption=0,1.5  | --corruption must be in [0, 1], got 1.5
          --corruption=NaN    | --corruption must be in [0, 1], got NaN
          --corruption=,      | --corruption must be a number, got
          --corruption=0.3,.3 | --corruption must be different levels, got 0.3,.3
          --corruption=high   | --corruption must be a number, got high
          --images=2147483647 | --images must be <= 2737137, got 2147483647
          --hidden=0          | --hidden must be >= 1, got 0
          --batch=-3          | --batch must be >= 1, got -3
          --rate=0            | --rate must be > 0, got 0.0
          --epochs=0          | --epochs must be >= 1, got 0
          --threads=0         | --threads must be in [1, 256], got 0
          --images=0          | --images must be >= 1, got 0
          --epochs=many       | Invalid value for option '--epochs'
          --data=nowhere      | nowhere does not hold MNIST
          --data=mnist --mirror=ftp://x | --mirror must be an http or https URL, got ftp://x
          @nowhere.args       | nowhere.args: no such option file
          --levels=0          | Unknown option: '--levels=0'
          """)
  void badOptionsGetOneMessageAndLeaveNothing(String options, String message) {
    Outcome outcome = run(options.split(" "));
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.errors()).contains(message).doesNotContain("\tat ");
    assertThat(output()).doesNotExist();
  }

  @Test
  void anOptionAfterAnOptionFileReplacesWhatTheFileSays() throws IOException {
    run(
        "@" + CONFIGS.resolve("quickstart.args"),
        "--images=50",
        "--epochs=1",
        "--hidden=5",
        "--corruption=0.5");
    assertThat(fileNames()).contains("model_corruption_50.zip").noneMatch(n -> n.contains("_30"));
  }

  @Test
  void anOutputThatIsNoFolderIsFoundBeforeTraining() throws IOException {
    Files.writeString(output(), "mine");
    Outcome outcome = run("--images=50");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.errors()).contains("must be a folder that can be written", "is a file");
    assertThat(output()).hasContent("mine");
  }

  @Test
  void divergenceStopsAtOnceAndSaysWhere() {
    Outcome outcome = run("--images=200", "--hidden=5", "--rate=3e38", "--corruption=0");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.errors())
        .containsPattern(
            "corruption 0: the loss is (NaN|Infinity) in epoch 1, minibatch \\d+; a lower --rate");
  }

  private record Outcome(int exitCode, String errors) {}

  private Outcome run(String... options) {
    List<String> arguments = new ArrayList<>(List.of("study", "denoising-mnist"));
    arguments.addAll(List.of(options));
    arguments.add("--output=" + output());
    PrintStream standardError = System.err;
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    try {
      int exitCode = Dae4j.execute(arguments.toArray(String[]::new));
      return new Outcome(exitCode, errors.toString(StandardCharsets.UTF_8));
    } finally {
      System.setErr(standardError);
    }
  }

  private Path output() {
    return folder.resolve("output");
  }

  private List<String> fileNames() throws IOException {
    try (Stream<Path> files = Files.list(output())) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
