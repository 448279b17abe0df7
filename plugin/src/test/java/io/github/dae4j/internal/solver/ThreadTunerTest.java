package io.github.dae4j.internal.solver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThreadTunerTest {

  private final ThreadTuner tuner = new ThreadTuner();

  @Test
  void sharesUntilTheFirstTrial() {
    for (int step = 0; step < 32; step++) {
      assertThat(tuner.threads(2)).isEqualTo(2);
      tuner.took(1);
    }
    assertThat(tuner.threads(2)).isEqualTo(1);
  }

  @Test
  void takesWhatWasFasterAndFollowsTheMachine() {
    assertThat(sharedOf(100, 20, 22)).isEqualTo(88); // all but a trial
    assertThat(sharedOf(3000, 20, 10)).isLessThan(100);
    assertThat(tuner.threads(4)).isEqualTo(1);
    sharedOf(1200, 10, 20);
    assertThat(tuner.threads(4)).isEqualTo(4);
  }

  @Test
  void aTrialThatIsClearlySlowerIsShort() {
    assertThat(sharedOf(100, 10, 20)).isEqualTo(97);
    assertThat(sharedOf(412, 10, 20)).isEqualTo(409); // the second trial, from step 128
  }

  @Test
  void aTrialGoesOnIfOneOfItsFirstStepsWasNotSlower() {
    sharedOf(32, 10, 20);
    sharedOf(2, 10, 20);
    sharedOf(1, 10, 10);
    assertThat(sharedOf(9, 10, 9)).isZero();
    assertThat(tuner.threads(2)).isEqualTo(1); // it was faster nine times of twelve
  }

  @Test
  void oneThreadIsOne() {
    for (int step = 0; step < 200; step++) {
      assertThat(tuner.threads(1)).isEqualTo(1);
      tuner.took(step);
    }
    assertThat(tuner.threads(0)).isEqualTo(1);
  }

  /** How many of so many steps were shared, where they take so long shared and alone. */
  private int sharedOf(int steps, long shared, long alone) {
    int count = 0;
    for (int step = 0; step < steps; step++) {
      boolean isShared = tuner.threads(2) == 2;
      tuner.took(isShared ? shared : alone);
      count += isShared ? 1 : 0;
    }
    return count;
  }
}
