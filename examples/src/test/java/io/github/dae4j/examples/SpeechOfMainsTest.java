package io.github.dae4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.dae4j.examples.cli.Cli;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What mains say to programs, and to people who want to hear little. */
class SpeechOfMainsTest {

  @TempDir private Path folder;

  static Stream<Arguments> mains() {
    Path quickstart = Path.of("..", "configs", "quickstart.yaml");
    return Stream.of(
        Arguments.of(
            main(DenoisingMnist::new),
            "--images=60 --epochs=2 --hidden=5 --output=FOLDER",
            4,
            "runs"),
        Arguments.of(
            main(StackedMnist::new),
            "--images=60 --layers=6,5 --pretrain-epochs=1 --epochs=1 --output=FOLDER",
            4,
            "pretrained"),
        Arguments.of(
            main(FewLabels::new),
            quickstart
                + " --labels=20 --steps=1 --output=FOLDER --set=data.train=60"
                + " --set=data.validation=20 --set=data.test=20 --set=pretraining.epochs=1"
                + " --set=fine-tuning.epochs=1",
            4,
            "errors"),
        Arguments.of(
            main(Imputation::new), "--images=60 --epochs=2 --hidden=5 --output=FOLDER", 2, "holes"),
        Arguments.of(main(BuiltInAutoEncoder::new), "--images=60 --epochs=1", 2, "ours"));
  }

  /** A new one for each run: options stay as they were set. */
  private static Supplier<Object> main(Supplier<Object> main) {
    return main;
  }

  @ParameterizedTest
  @MethodSource("mains")
  void toAProgramEachLineIsAnObject(
      Supplier<Object> main, String options, int events, String result) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : run(main, options + " --json")) {
      lines.add(new ObjectMapper().readTree(line));
    }
    assertThat(lines).hasSize(events + 1);
    assertThat(lines.get(0).get("event").asText()).isEqualTo("epoch");
    assertThat(lines.get(0).get("cost").isNumber()).isTrue();
    assertThat(lines.get(events).get("event").asText()).isEqualTo("result");
    assertThat(lines.get(events).has(result)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("mains")
  void quietlyThereAreNoEpochs(Supplier<Object> main, String options, int events, String result) {
    assertThat(run(main, options + " --quiet")).isNotEmpty().noneMatch(l -> l.contains("epoch 1/"));
    assertThat(run(main, options + " --quiet --json"))
        .singleElement()
        .asString()
        .startsWith("{\"event\":\"result\",");
  }

  private List<String> run(Supplier<Object> main, String options) {
    PrintStream out = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      int exitCode =
          Cli.execute(main.get(), options.replace("FOLDER", folder.toString()).split(" "));
      assertThat(exitCode).isZero();
    } finally {
      System.setOut(out);
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
