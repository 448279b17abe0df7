package io.github.dae4j.cli.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.cli.study.BrokenReadings.Finding;
import io.github.dae4j.datasets.DrawnDigits;
import io.github.dae4j.report.Report;
import io.github.dae4j.stacked.anomaly.AnomalyDetector;
import io.github.dae4j.stacked.anomaly.AnomalyEvaluation;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnomalyStudyTest {

  @TempDir private Path folder;

  @Test
  void findsTheUnseenDigitAndThePlantedCells() throws IOException {
    Outcome outcome =
        run("--images=1500", "--unseen=0", "--epochs=6", "--rows=1000", "--table-epochs=20");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    AnomalyStudy.Result result =
        Report.read(output().resolve("report.json"), AnomalyStudy.Result.class);
    UnseenDigits.Findings digits = result.digits();
    assertThat(digits.images()).isEqualTo(1350);
    assertThat(digits.separations()).hasSize(1);
    AnomalyEvaluation zero = digits.separations().get(0).autoencoder();
    assertThat(zero.anomalies()).isEqualTo(100);
    assertThat(zero.rocAuc()).isGreaterThan(0.75);
    assertThat(digits.flaggedUnseen()).isGreaterThan(2 * digits.flaggedSeen());

    Finding autoencoder = result.table().autoencoder();
    Finding distance = result.table().distance();
    assertThat(autoencoder.flagged()).isEqualTo(10);
    assertThat(autoencoder.found()).isGreaterThan(distance.found() + 3);
    assertThat(autoencoder.named()).isGreaterThanOrEqualTo(autoencoder.found() / 2);
    assertThat(autoencoder.evaluation().rocAuc())
        .isGreaterThan(distance.evaluation().rocAuc() + 0.2);

    AnomalyDetector detector = AnomalyDetector.load(output().resolve("model.zip"));
    assertThat(detector.threshold()).isEqualTo(digits.threshold());
    assertThat(detector.label(DrawnDigits.draw(10, 9).images())).hasSize(10);
    assertThat(ImageIO.read(output().resolve("scores.png").toFile()).getWidth()).isEqualTo(800);
    assertThat(ImageIO.read(output().resolve("anomalies.png").toFile()).getHeight())
        .isEqualTo(3 * 58 - 2 + 16);
    assertThat(outcome.out())
        .contains("denoising autoencoder", "digit 0 ", "Threshold ", "planted: ")
        .containsPattern("row +\\d+  score +\\d+\\.\\d  \\[\\w+ .* = .*\\]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --unseen=        | --unseen must be different digits from 0 to 9, but not all, got
          --unseen=10      | --unseen must be different digits from 0 to 9, but not all, got 10
          --unseen=3,3     | --unseen must be different digits from 0 to 9, but not all, got 3,3
          --unseen=0,1,2,3,4,5,6,7,8,9 | --unseen must be different digits from 0 to 9, but not all, got 0,1,2,3,4,5,6,7,8,9
          --hidden=0       | --hidden must be >= 1, got 0
          --corruption=NaN | --corruption must be in [0, 1], got NaN
          --epochs=0       | --epochs must be >= 1, got 0
          --contamination=0.6 | --contamination must be in [0, 0.5], got 0.6
          --rows=99        | --rows must be >= 100, got 99
          --table-epochs=0 | --table-epochs must be >= 1, got 0
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
    return Outcome.ofStudy("anomaly-detection", output(), options);
  }
}
