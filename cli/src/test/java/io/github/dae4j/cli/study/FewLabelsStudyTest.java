package io.github.dae4j.cli.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.cli.study.LabelComparison.LabelResult;
import io.github.dae4j.cli.study.LabelComparison.Start;
import io.github.dae4j.cli.study.LabelReport.Errors;
import io.github.dae4j.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FewLabelsStudyTest {

  private static final String QUICKSTART = Path.of("..", "configs", "quickstart.yaml").toString();
  private static final String UNROLLED =
      Path.of("..", "configs", "mnist-sda-unrolled.yaml").toString();

  @TempDir private Path folder;

  @Test
  void leavesAReportAndAChartOfAllNetworks() throws IOException {
    Outcome outcome = reduced("--labels=20,all", "--steps=10", "--repeats=2", "--threads=1");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    LabelReport report = Report.read(output().resolve("report.json"), LabelReport.class);
    assertThat(report.command())
        .startsWith("dae4j study few-labels " + QUICKSTART)
        .contains("--repeats=2");
    assertThat(report.images()).isEqualTo(80);
    assertThat(report.errors()).extracting(Errors::labels).containsExactly(20, 80);
    assertThat(report.networks()).hasSize(12);
    assertThat(report.networks()).extracting(LabelResult::seed).containsSequence(1L, 1L, 2L, 2L);
    assertThat(report.networks().subList(0, 6))
        .extracting(LabelResult::start)
        .containsExactly(
            Start.PRETRAINED,
            Start.FROM_SCRATCH,
            Start.LADDER,
            Start.PRETRAINED,
            Start.FROM_SCRATCH,
            Start.LADDER);
    assertThat(report.networks()).extracting(LabelResult::minibatches).containsOnly(10L, 12L);
    Errors all = report.errors().get(1);
    assertThat(all.pretrained().mean())
        .isEqualTo(
            (report.networks().get(3).testError() + report.networks().get(9).testError()) / 2);
    assertThat(ImageIO.read(output().resolve("few-labels.png").toFile()).getWidth()).isEqualTo(800);
    assertThat(outcome.out())
        .contains("layer 1      epoch 1/1  loss ", "pretrained    20 labels  10 epochs  best")
        .containsPattern(
            "  labels +from scratch +pretrained +ladder\\R +20 +\\d+\\.\\d\\d \\+- \\d");
  }

  @Test
  void oneRepeatHasNoDeviation() {
    Outcome outcome = reduced("--steps=1");
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out()).containsPattern(" 20( +\\d+\\.\\d\\d){3}\\R");
    LabelReport report = Report.read(output().resolve("report.json"), LabelReport.class);
    assertThat(report.errors().get(0).pretrained().standardDeviation()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --labels=0,20     | --labels must be whole numbers in [1, 80], ascending, the last of which may be all, got 0,20
          --labels=81       | --labels must be whole numbers in [1, 80], ascending, the last of which may be all, got 81
          --labels=20,20    | --labels must be whole numbers in [1, 80], ascending, the last of which may be all, got 20,20
          --labels=all,20   | --labels must be whole numbers in [1, 80], ascending, the last of which may be all, got all,20
          --labels=many     | --labels must be whole numbers in [1, 80], ascending, the last of which may be all, got many
          --labels=1e99     | --labels must be whole numbers in [1, 80], ascending, the last of which may be all, got 1e99
          --labels=         | --labels must be whole numbers in [1, 80], ascending, the last of which may be all, got
          --steps=0         | --steps must be in [1, 1000000], got 0
          --repeats=0       | --repeats must be >= 1, got 0
          --threads=0       | --threads must be in [1, 256], got 0
          --data=           | --data must be drawn, mnist or a folder, got nothing
          --data=nowhere    | HERE/nowhere does not hold MNIST
          --set=epochs=1    | --set epochs=1: unknown key 'epochs'
          --set=pretraining=null | QUICKSTART: few-labels needs pretraining, and fine-tuning for classification
          --set=fine-tuning=null | QUICKSTART: few-labels needs pretraining, and fine-tuning for classification
          """)
  void badOptionsAreOneLineAndLeaveNothing(String option, String message) {
    Outcome outcome = reduced(option);
    assertThat(outcome.err())
        .startsWith(
            "error: "
                + message
                    .replace("QUICKSTART", QUICKSTART)
                    .replace("HERE", Path.of("").toAbsolutePath().toString()))
        .hasLineCount(1);
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(output()).doesNotExist();
  }

  @Test
  void reconstructionIsNoClassification() {
    Outcome outcome = run(UNROLLED);
    assertThat(outcome.err())
        .isEqualTo(
            "error: %s: few-labels needs pretraining, and fine-tuning for classification%n"
                .formatted(UNROLLED));
    assertThat(outcome.exitCode()).isEqualTo(2);
  }

  private Path output() {
    return folder.resolve("output");
  }

  /** Of seconds: few images, narrow layers, one epoch. */
  private Outcome reduced(String... more) {
    List<String> arguments = new ArrayList<>(List.of(QUICKSTART));
    for (String setting :
        List.of(
            "data.train=80",
            "data.validation=20",
            "data.test=20",
            "stack.layers[0].units=12",
            "stack.layers[1].units=8",
            "pretraining.epochs=1",
            "fine-tuning.epochs=3")) {
      arguments.add("--set=" + setting);
    }
    arguments.add("--labels=20");
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  private Outcome run(String... options) {
    return Outcome.ofStudy("few-labels", output(), options);
  }
}
