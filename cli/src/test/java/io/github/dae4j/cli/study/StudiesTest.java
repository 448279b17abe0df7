package io.github.dae4j.cli.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.dae4j.cli.Dae4j;
import io.github.dae4j.testing.Markup;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What all studies do alike: what they say to people and programs, and the report they leave. */
class StudiesTest {

  private static final String FEW =
      " --set=data.train=60 --set=data.validation=20 --set=data.test=20 --set=pretraining.epochs=1"
          + " --set=fine-tuning.epochs=1 --set=stack.layers[0].units=8"
          + " --set=stack.layers[1].units=8";

  @TempDir private Path folder;

  /** Options of a short run, how many events come before the result, a key of it, and sections. */
  static Stream<Arguments> studies() {
    return Stream.of(
        arguments(
            "denoising-mnist",
            "--images=60 --epochs=2 --hidden=5",
            4,
            "runs",
            "result curves filters reconstructions errors"),
        arguments(
            "stacked-mnist",
            "--images=60 --layers=6,5 --pretrain-epochs=1 --epochs=1",
            4,
            "pretrained",
            "result curves filters reconstructions errors confusion"),
        arguments(
            "few-labels",
            configuration("quickstart") + " --labels=20 --steps=1" + FEW,
            5,
            "errors",
            "result errors"),
        arguments(
            "rectangles",
            configuration("rectangles") + FEW + " --set=stack.layers[2].units=8",
            4,
            "published",
            "result curves examples filters reconstructions errors confusion"),
        arguments(
            "convex",
            configuration("convex") + FEW,
            3,
            "published",
            "result curves examples filters reconstructions errors confusion"),
        arguments(
            "anomaly-detection",
            "--images=60 --epochs=1 --hidden=5 --rows=100 --table-epochs=1",
            1,
            "digits",
            "result digits worst table curves"),
        arguments(
            "tabular-swap-noise",
            "--repeats=1 --epochs=1 --labels=20",
            1,
            "errors",
            "result errors"),
        arguments(
            "imputation",
            "--images=60 --epochs=1 --hidden=5",
            1,
            "holes",
            "result errors examples"),
        arguments(
            "built-in-autoencoder",
            "--images=60 --epochs=1",
            2,
            "ours",
            "result errors reconstructions"),
        arguments(
            "corruption-gallery",
            "--images=1 --digits=1",
            0,
            "drawn",
            "nocorruption maskingcorruption exactmaskingcorruption saltandpeppercorruption"
                + " gaussiancorruption swapcorruption percolumncorruption composedcorruption"
                + " scheduledcorruption"));
  }

  private static String configuration(String name) {
    return Path.of("..", "configs", name + ".yaml").toString();
  }

  @ParameterizedTest
  @MethodSource("studies")
  void toAProgramEachLineIsAnObjectAndTheReportIsWhole(
      String study, String options, int events, String result, String sections) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : run(study, options + " --json")) {
      lines.add(new ObjectMapper().readTree(line));
    }
    assertThat(lines).hasSize(events + 1);
    assertThat(lines.subList(0, events))
        .extracting(line -> line.get("event").asText())
        .doesNotContain("result");
    assertThat(lines.get(events).get("event").asText()).isEqualTo("result");
    assertThat(lines.get(events).has(result)).isTrue();
    assertThat(new ObjectMapper().readTree(folder.resolve("report.json").toFile()).has(result))
        .isTrue();
    requireWhole(study, options, sections);
  }

  private void requireWhole(String study, String options, String sections) throws IOException {
    String html = Files.readString(folder.resolve("report.html"));
    assertThat(html.replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http:", "https:", "<script", "@import", "url(");
    Markup page = Markup.of(html);
    String configured = options.contains(".yaml") ? " configuration" : "";
    assertThat(String.join(" ", page.values("section", "id")))
        .isEqualTo(sections + " times command options" + configured + " environment");
    assertThat(page.texts("pre").get(0))
        .startsWith("dae4j study " + study + " ")
        .contains(options.split(" "));
    assertThat(page.texts("dt")).contains("--output", "--json", "backend").doesNotContain("--help");
    assertThat(page.texts("dd")).contains(folder.toString(), "yes");
  }

  @ParameterizedTest
  @MethodSource("studies")
  void quietlyThereAreNoEvents(String study, String options, int events, String result) {
    assertThat(run(study, options + " --quiet"))
        .isNotEmpty()
        .noneMatch(line -> line.contains("epoch 1/") || line.startsWith("split "))
        .last()
        .isEqualTo(
            "The report is %s; all other files are beside it"
                .formatted(folder.resolve("report.html")));
  }

  @Test
  void quietlyAProgramHearsTheResultAlone() {
    assertThat(run("built-in-autoencoder", "--images=60 --epochs=1 --quiet --json"))
        .singleElement()
        .asString()
        .startsWith("{\"event\":\"result\",");
  }

  /** A picture that cannot be written stops no training. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "denoising-mnist --images=60 --epochs=1 --hidden=5|_corruption_0",
        "stacked-mnist --images=60 --layers=6,5 --pretrain-epochs=1 --epochs=1|",
        "rectangles ../configs/rectangles.yaml FEW --set=stack.layers[2].units=8|",
        "convex ../configs/convex.yaml FEW|"
      })
  void theModelIsSavedBeforeAnythingIsDrawn(String command) throws IOException {
    String suffix = command.substring(command.indexOf('|') + 1);
    Path picture = folder.resolve("filters" + suffix + ".png");
    Files.createDirectories(picture.resolve("in the way"));
    String options = command.substring(0, command.indexOf('|')).replace(" FEW", FEW);
    assertThat(Dae4j.execute(("study " + options + " --quiet --output=" + folder).split(" ")))
        .isNotZero();
    assertThat(folder.resolve("model" + suffix + ".zip")).isRegularFile();
    assertThat(folder.resolve("report.json")).doesNotExist();
  }

  private List<String> run(String study, String options) {
    PrintStream out = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      String[] arguments = ("study " + study + " " + options + " --output=" + folder).split(" ");
      assertThat(Dae4j.execute(arguments)).isZero();
    } finally {
      System.setOut(out);
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
