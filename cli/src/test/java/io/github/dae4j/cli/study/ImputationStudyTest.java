package io.github.dae4j.cli.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.cli.study.ImageImputation.Holes;
import io.github.dae4j.cli.study.ImputationReport.Filled;
import io.github.dae4j.datasets.DrawnDigits;
import io.github.dae4j.report.Report;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class ImputationStudyTest {

  @TempDir private Path folder;

  @Test
  void fillsPixelsAndBlocksBetterThanMeans() throws IOException {
    Outcome outcome = run("--images=1500", "--hidden=150", "--epochs=6", "--missing=0.2");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    ImputationReport report = Report.read(output().resolve("report.json"), ImputationReport.class);
    assertThat(report.images()).isEqualTo(1500);
    assertThat(report.missing()).isEqualTo(0.2);
    assertThat(report.holes()).extracting(Filled::holes).containsExactly(Holes.values());
    Filled pixels = report.holes().get(0);
    Filled block = report.holes().get(1);
    assertThat(pixels.share()).isCloseTo(0.5, within(0.01));
    assertThat(block.share()).isCloseTo(81 / 784.0, within(1e-6));
    assertThat(pixels.imputed()).isLessThan(0.8 * pixels.meanFill());
    assertThat(block.imputed()).isLessThan(0.97 * block.meanFill());
    assertThat(report.holes()).extracting(Filled::iterations).allMatch(i -> i >= 1 && i <= 10);

    StackedDenoisingAutoEncoder read =
        StackedDenoisingAutoEncoder.load(output().resolve("model.zip"));
    INDArray digits = DrawnDigits.draw(10, 9).images();
    digits.putScalar(0, 400, Float.NaN);
    assertThat(read.impute(digits).isNaN().any()).isFalse();
    assertThat(ImageIO.read(output().resolve("imputation.png").toFile()).getHeight())
        .isEqualTo(4 * 58 - 2 + 16);
    assertThat(outcome.out())
        .containsPattern("half of the pixels +[45]\\d\\.\\d % +0\\.\\d{4} +0\\.\\d{4} +\\d+\\R")
        .containsPattern("a block in the middle +10\\.3 % +0\\.\\d{4} +0\\.\\d{4} +\\d+\\R");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --hidden=0       | --hidden must be >= 1, got 0
          --missing=1      | --missing must be in [0, 1), got 1.0
          --missing=NaN    | --missing must be in [0, 1), got NaN
          --corruption=2   | --corruption must be in [0, 1], got 2.0
          --epochs=0       | --epochs must be >= 1, got 0
          --batch=0        | --batch must be >= 1, got 0
          """)
  void badOptionsAreOneLineAndLeaveNothing(String option, String message) {
    Outcome outcome = run(option);
    assertThat(outcome.err()).startsWith("error: " + message).hasLineCount(1);
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(output()).doesNotExist();
  }

  private Path output() {
    return folder.resolve("output");
  }

  private Outcome run(String... options) {
    return Outcome.ofStudy("imputation", output(), options);
  }
}
