package io.github.dae4j.stacked.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.evaluation.classification.ROC;
import org.nd4j.linalg.factory.Nd4j;

/** Areas beside those computed by hand. */
class AnomalyEvaluationTest {

  /**
   * Pairs of an anomaly and another row: 1 if the anomaly has the higher score, 1/2 if both are
   * equal. Average precision: the mean over the anomalies of precision at their score.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          4 3 2 1     | 1 1 0 0     | 1       | 1
          4 3 2 1     | 0 0 1 1     | 0       | 0.41666666667
          0.9 0.8 0.7 0.6 0.5 | 1 0 1 0 0 | 0.83333333333 | 0.83333333333
          7 7 7 7     | 1 0 0 0     | 0.5     | 0.25
          7 7 7 7     | 0 0 0 1     | 0.5     | 0.25
          9 5 5 5 1   | 1 1 0 0 0   | 0.83333333333 | 0.75
          9 5 5 5 1   | 1 0 0 1 0   | 0.83333333333 | 0.75
          1 1 0 0     | 1 0 1 0     | 0.5     | 0.5
          -3 -1 -2    | 0 1 0       | 1       | 1
          0 0 1 1 1 2 | 0 1 1 0 0 1 | 0.61111111111 | 0.66666666667
          """)
  void areasAreThoseByHand(String scores, String labels, double auc, double averagePrecision) {
    AnomalyEvaluation evaluation = AnomalyEvaluation.of(numbers(scores), flags(labels));
    assertThat(evaluation.rocAuc()).isCloseTo(auc, within(1e-10));
    assertThat(evaluation.averagePrecision()).isCloseTo(averagePrecision, within(1e-10));
    assertThat(evaluation.rows()).isEqualTo(flags(labels).length);
  }

  /** Why curves are mended here: the day that ROC does it this test says so. */
  @Test
  void rocItselfGoesByTheOrderOfEqualScores() {
    assertThat(rocOfEqualScores(1, 0)).isNotEqualTo(0.5);
    assertThat(rocOfEqualScores(1, 0) + rocOfEqualScores(0, 1)).isEqualTo(1);
  }

  private static double rocOfEqualScores(double... labels) {
    ROC roc = new ROC(0);
    roc.eval(
        Nd4j.createFromArray(labels).reshape(2, 1), Nd4j.createFromArray(7d, 7d).reshape(2, 1));
    return roc.calculateAUC();
  }

  @Test
  void oneKindOfRowsAloneIsNotEnough() {
    assertThatThrownBy(() -> AnomalyEvaluation.of(new double[] {1, 2}, new boolean[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "AnomalyEvaluation needs anomalies and other rows, each with a score, got 0 of 2 rows"
                + " and 2 scores");
    assertThatThrownBy(
            () -> AnomalyEvaluation.of(new double[] {1, 2, 3}, new boolean[] {true, false}))
        .hasMessageEndingWith("got 1 of 2 rows and 3 scores");
    assertThatThrownBy(
            () -> AnomalyEvaluation.of(new double[] {1, Double.NaN}, new boolean[] {true, false}))
        .hasMessage("AnomalyEvaluation scores must not be NaN");
  }

  private static double[] numbers(String words) {
    return Arrays.stream(words.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  private static boolean[] flags(String words) {
    double[] numbers = numbers(words);
    boolean[] flags = new boolean[numbers.length];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = numbers[i] == 1;
    }
    return flags;
  }
}
