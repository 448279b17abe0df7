package io.github.dae4j.cli.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.cli.study.Benchmark.BenchmarkReport;
import io.github.dae4j.report.Report;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchmarkStudyTest {

  private static final String RECTANGLES = config("rectangles");
  private static final String CONVEX = config("convex");

  @TempDir private Path folder;

  private static String config(String name) {
    return Path.of("..", "configs", name + ".yaml").toString();
  }

  @Test
  void tallRectanglesAreToldFromWideOnes() throws IOException {
    Outcome outcome = run("rectangles", reduced(RECTANGLES, 600, 10));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    BenchmarkReport report = report();
    assertThat(report.command()).startsWith("dae4j study rectangles " + RECTANGLES);
    assertThat(report.data()).isEqualTo("rectangles");
    assertThat(report.test().images()).isEqualTo(1000);
    assertThat(report.test().error()).isLessThan(0.2);
    assertThat(report.unknown().images()).isBetween(900, 999);
    assertThat(report.published().error()).isEqualTo(0.0199);
    assertThat(outcome.out())
        .contains("layer 0      epoch 1/2  loss ", "fine-tuning  epoch 10/10  loss ")
        .containsPattern("\\Rbest validation error \\d+\\.\\d\\d % of 100 images, after epoch \\d")
        .containsPattern("\\Rtest error +\\d+\\.\\d\\d % of 1000 images; \\d+\\.\\d\\d % of the 9")
        .contains("published  1.99 % +- 0.12, by Vincent et al. (2010)");
    assertThat(ImageIO.read(output().resolve("examples.png").toFile()).getHeight()).isEqualTo(188);
    assertThat(ImageIO.read(output().resolve("filters.png").toFile()).getWidth()).isEqualTo(289);
    assertThat(StackedDenoisingAutoEncoder.load(output().resolve("model.zip")).topLayer())
        .isEqualTo(report.pretraining().size() - 1);
  }

  @Test
  void convexRegionsAreToldFromOthers() throws IOException {
    Outcome outcome = run("convex", reduced(CONVEX, 2000, 10));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    // That of the rule that only what is white all over is convex: about 0.33.
    assertThat(report().test().error()).isLessThan(0.3);
    assertThat(report().unknown().images()).isBetween(750, 900);
    assertThat(outcome.out()).contains("published  19.06 % +- 0.34, by Vincent et al. (2010)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CONVEX     | --threads=1            | CONVEX: rectangles needs the data source rectangles, and fine-tuning for classification
          RECTANGLES | --set=fine-tuning=null | RECTANGLES: rectangles needs the data source rectangles, and fine-tuning for classification
          RECTANGLES | --data=drawn           | RECTANGLES: rectangles needs the data source rectangles, and fine-tuning for classification
          RECTANGLES | --set=data.validation=0 | RECTANGLES: data.validation must be >= 1 for a study, which reports its error, got 0
          RECTANGLES | --threads=0            | --threads must be in [1, 256], got 0
          nowhere    | --threads=1            | nowhere
          """)
  void whatIsWrongIsOneLineAndLeavesNothing(String file, String option, String message) {
    Outcome outcome = run("rectangles", List.of(paths(file), option));
    assertThat(outcome.err()).startsWith("error: " + paths(message)).hasLineCount(1);
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(output()).doesNotExist();
  }

  private static String paths(String text) {
    return text.replace("CONVEX", CONVEX).replace("RECTANGLES", RECTANGLES);
  }

  private BenchmarkReport report() {
    return Report.read(output().resolve("report.json"), BenchmarkReport.class);
  }

  private Path output() {
    return folder.resolve("output");
  }

  private static List<String> reduced(String file, int images, int epochs) {
    List<String> arguments = new ArrayList<>(List.of(file));
    for (String setting :
        List.of(
            "data.train=" + images,
            "data.validation=100",
            "data.test=1000",
            "stack.layers[0].units=100",
            "stack.layers[1].units=100",
            "pretraining.epochs=2",
            "fine-tuning.batch=20",
            "fine-tuning.dropout=null",
            "fine-tuning.epochs=" + epochs)) {
      arguments.add("--set=" + setting);
    }
    return arguments;
  }

  private Outcome run(String study, List<String> arguments) {
    return Outcome.ofStudy(study, output(), arguments.toArray(String[]::new));
  }
}
