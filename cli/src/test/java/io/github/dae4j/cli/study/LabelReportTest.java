package io.github.dae4j.cli.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.cli.study.LabelComparison.LabelResult;
import io.github.dae4j.cli.study.LabelComparison.Start;
import io.github.dae4j.cli.study.LabelReport.Errors;
import io.github.dae4j.cli.study.LabelReport.TestError;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelReportTest {

  @Test
  void errorsAreThoseOfTheirLabelsAndStart() {
    List<LabelResult> networks =
        List.of(
            result(100, Start.PRETRAINED, 0.1),
            result(100, Start.FROM_SCRATCH, 0.4),
            result(100, Start.LADDER, 0.05),
            result(300, Start.PRETRAINED, 0.9),
            result(100, Start.PRETRAINED, 0.2),
            result(100, Start.FROM_SCRATCH, 0.4));
    Errors errors = Errors.of(100, networks);
    assertThat(errors.labels()).isEqualTo(100);
    assertThat(errors.pretrained().mean()).isCloseTo(0.15, within(1e-12));
    assertThat(errors.pretrained().standardDeviation())
        .isCloseTo(0.0707106781, within(1e-9)); // numpy.std([.1, .2], ddof=1)
    assertThat(errors.ladder()).isEqualTo(new TestError(0.05, null));
    assertThat(errors.fromScratch().mean()).isCloseTo(0.4, within(1e-12));
    assertThat(errors.fromScratch().standardDeviation()).isCloseTo(0, within(1e-12));
  }

  @Test
  void aSingleErrorHasNoDeviation() {
    assertThat(TestError.of(0.25)).isEqualTo(new TestError(0.25, null));
  }

  private static LabelResult result(int labels, Start start, double testError) {
    return new LabelResult(labels, start, 1, 10, 100, 0.3, testError, 1.5);
  }
}
