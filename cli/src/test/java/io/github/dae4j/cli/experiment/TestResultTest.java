package io.github.dae4j.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TestResultTest {

  private static final double EXACTLY = 1e-12;

  @Test
  void aClassThatNothingIsTakenForCountsAsZero() {
    int[][] allCalledEight = new int[10][10];
    for (int label = 0; label < 10; label++) {
      allCalledEight[label][8] = 100;
    }
    // Of class 8 precision is 0.1 and recall 1.
    assertThat(TestResult.meanF1(allCalledEight))
        .isCloseTo(2 * 0.1 / 1.1 / 10, within(EXACTLY))
        .isBetween(0.018, 0.0182);
  }

  @Test
  void aClassThatDoesNotOccurIsLeftOut() {
    assertThat(TestResult.meanF1(new int[][] {{3, 0, 0}, {0, 4, 0}, {0, 0, 0}})).isEqualTo(1);
  }

  @Test
  void aClassThatOthersAreTakenForCountsAsZero() {
    // F1 of class 0 is 2 * 3 / (4 + 3), of class 1 it is 1, of class 2 it is 0.
    assertThat(TestResult.meanF1(new int[][] {{3, 0, 1}, {0, 4, 0}, {0, 0, 0}}))
        .isCloseTo((6 / 7.0 + 1) / 3, within(EXACTLY));
  }

  @Test
  void ofNoImagesThereIsNone() {
    assertThat(TestResult.meanF1(new int[2][2])).isNaN();
  }
}
