package io.github.dae4j.cli.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.cli.study.TableComparison.TableResult;
import io.github.dae4j.cli.study.TableReport.Errors;
import io.github.dae4j.datasets.Penguins;
import io.github.dae4j.report.Report;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.table.FittedTable;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class SwapNoiseStudyTest {

  @TempDir private Path folder;

  @Test
  void bothModelsTellTheSexOfPenguinsAndTheModelIsKeptWithItsTable() throws IOException {
    Outcome outcome = run("--repeats=2", "--labels=20,all", "--epochs=20");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    TableReport report = Report.read(output().resolve("report.json"), TableReport.class);
    assertThat(report.rows()).isEqualTo(344);
    assertThat(report.command()).contains("--repeats=2");
    assertThat(report.errors()).extracting(Errors::labels).containsExactly(20, 134);
    assertThat(report.models()).extracting(TableResult::seed).containsExactly(1L, 1L, 2L, 2L);
    Errors all = report.errors().get(1);
    assertThat(all.columns().mean()).isLessThan(0.3);
    assertThat(all.codes().mean()).isLessThan(0.3);
    assertThat(outcome.out())
        .contains("split 2 of 2\n")
        .containsPattern(" 20 +\\d+\\.\\d\\d \\+- \\d+\\.\\d\\d +\\d+\\.\\d\\d \\+- ");
    assertThat(ImageIO.read(output().resolve("linear-models.png").toFile()).getWidth())
        .isEqualTo(800);

    FittedTable table = FittedTable.load(output().resolve("table.json"));
    INDArray x = table.filledFeatures(Penguins.read().rows().subList(0, 5));
    StackedDenoisingAutoEncoder stack =
        StackedDenoisingAutoEncoder.load(output().resolve("model.zip"));
    assertThat(table.rows(table.schema().loss().expected(stack.reconstruct(x))))
        .hasSize(5)
        .allSatisfy(row -> assertThat(row).hasSize(6));
  }

  @Test
  void codesHelpFewLabelsWhereManyColumnsHaveFewCauses() {
    Outcome outcome =
        run(
            "--table=drawn",
            "--repeats=3",
            "--labels=20",
            "--epochs=20",
            "--batch=50",
            "--rate=0.01");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    TableReport report = Report.read(output().resolve("report.json"), TableReport.class);
    Errors few = report.errors().get(0);
    assertThat(few.codes().mean()).isLessThan(few.columns().mean());
    assertThat(few.difference().mean())
        .isCloseTo(few.codes().mean() - few.columns().mean(), within(1e-12));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --labels=10,135  | --labels must be whole numbers in [1, 134], ascending, the last of which may be all, got 10,135
          --corruption=1.5 | --corruption must be in [0, 1], got 1.5
          --corruption=NaN | --corruption must be in [0, 1], got NaN
          --table=mine     | --table must be penguins or drawn, got mine
          --units=0        | --units must be >= 1, got 0
          --epochs=0       | --epochs must be >= 1, got 0
          --rate=0         | --rate must be > 0, got 0.0
          --repeats=0      | --repeats must be >= 1, got 0
          --batch=0        | --batch must be >= 1, got 0
          """)
  void badOptionsAreOneLineAndLeaveNothing(String option, String message) {
    Outcome outcome = run(option);
    assertThat(outcome.err()).isEqualTo("error: " + message + "\n");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(output()).doesNotExist();
  }

  private Path output() {
    return folder.resolve("output");
  }

  private Outcome run(String... options) {
    return Outcome.ofStudy("tabular-swap-noise", output(), options);
  }
}
