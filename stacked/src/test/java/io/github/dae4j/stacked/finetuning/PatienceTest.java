package io.github.dae4j.stacked.finetuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.stacked.PretrainableNetwork;
import java.util.List;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingTrainer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Numbers worked out by hand from the loop of SdA.py. */
class PatienceTest {

  private static final double NEVER = Double.POSITIVE_INFINITY;

  @Test
  void theTutorialsNumbersForFiftyThousandExamplesInMinibatchesOfOne() {
    assertThat(Patience.ofTutorial(50_000)).isEqualTo(new Patience(500_000, 2, 0.005, 50_000));
  }

  @ParameterizedTest
  @CsvSource({
    "3, 10, 1.0, 10", // 3 x 2 is less than the limit
    "6, 10, 1.0, 12", // 6 x 2 is more
    "6, 10, 0.9, 10", // 0.9 is not below 1.0 x 0.9
    "6, 10, 0.89, 12",
    "6, 10, 1.1, 10"
  })
  void aClearImprovementExtendsTheLimit(
      long iteration, double limit, double score, double expected) {
    double bestScore = score == 1.0 ? NEVER : 1.0;
    assertThat(new Patience(10, 2, 0.1, 1).extended(limit, iteration, score, bestScore))
        .isEqualTo(expected);
  }

  /** A loss may be negative: -0.95 is worse than -1, -1.05 better, but only -1.15 clearly. */
  @ParameterizedTest
  @CsvSource({"-0.95, 10", "-1.05, 10", "-1.15, 12"})
  void aNegativeLossImprovesDownwards(double score, double expected) {
    assertThat(new Patience(10, 2, 0.1, 1).extended(10, 6, score, -1)).isEqualTo(expected);
  }

  /** limit 4; i=1: 1.0, max(4, 2) = 4; i=3: 0.95 >= 0.9, stays 4; 4 <= 4 ends after i=4. */
  @Test
  void itEndsWhereNothingImprovesClearly() {
    assertThat(minibatches(new Patience(4, 2, 0.1, 2), List.of(1.0, 0.95, 0.95))).isEqualTo(5);
  }

  /**
   * limit 4; i=1: 1.0, 4; i=3: 0.8 &lt; 0.9, 6; i=5: 0.7 &lt; 0.72, 10; i=7: 0.7 is no new best;
   * i=9: 0.65 >= 0.63, the best but not clearly; 10 &lt;= 10 ends after i=10.
   */
  @Test
  void itEndsAfterTheLastClearImprovementTimesTheIncrease() {
    assertThat(minibatches(new Patience(4, 2, 0.1, 2), List.of(1.0, 0.8, 0.7, 0.7, 0.65)))
        .isEqualTo(11);
  }

  private static long minibatches(Patience patience, List<Double> scores) {
    double limit = patience.iterations();
    double best = NEVER;
    int validations = 0;
    for (long iteration = 0; ; iteration++) {
      if (patience.validatesAfter(iteration, false)) {
        double score = scores.get(validations++);
        limit = patience.extended(limit, iteration, score, best);
        best = Math.min(best, score);
      }
      if (patience.isExhausted(limit, iteration)) {
        return iteration + 1;
      }
    }
  }

  @Test
  void unlimitedPatienceValidatesAfterEachEpochAndNeverEnds() {
    assertThat(Patience.UNLIMITED.validatesAfter(7, true)).isTrue();
    assertThat(Patience.UNLIMITED.validatesAfter(7, false)).isFalse();
    assertThat(Patience.UNLIMITED.isExhausted(Patience.UNLIMITED.iterations(), 1L << 60)).isFalse();
  }

  /** 3 minibatches an epoch, limit 4: at the end of epoch 1 the last minibatch is 5, 4 <= 5. */
  @Test
  void inDl4jsTrainerItEndsWithTheEpoch() {
    PatienceTermination termination = new PatienceTermination(new Patience(4, 1, 0.1, 3), 3);
    for (int run = 0; run < 2; run++) {
      termination.initialize();
      assertThat(termination.terminate(0, 1.0, true)).isFalse();
      assertThat(termination.terminate(1, 0.95, true)).isTrue();
    }
  }

  /** Errors 0.5, then 0.4 at minibatch 5: the limit moves to 10; 0.39 does not move it. */
  @Test
  void inDl4jsTrainerAScoreToBeMaximizedIsAnError() {
    PatienceTermination termination = new PatienceTermination(new Patience(4, 2, 0.1, 3), 3);
    assertThat(termination.terminate(0, 0.5, false)).isFalse();
    assertThat(termination.terminate(1, 0.6, false)).isFalse();
    assertThat(termination.terminate(2, 0.61, false)).isFalse();
    assertThat(termination.terminate(3, 0.61, false)).isTrue();
  }

  /** As above, with a real trainer: steps of 0 improve nothing after epoch 0. */
  @Test
  void dl4jsTrainerTakesIt() {
    DataSetIterator train = TwoPrototypes.minibatches(TwoPrototypes.data(15), 5);
    PretrainableNetwork network = TwoPrototypes.stack(8);
    network.setLearningRate(0);
    EarlyStoppingConfiguration<MultiLayerNetwork> configuration =
        new EarlyStoppingConfiguration.Builder<MultiLayerNetwork>()
            .epochTerminationConditions(new PatienceTermination(new Patience(4, 2, 0.005, 3), 3))
            .scoreCalculator(new DataSetLossCalculator(train, true))
            .build();
    EarlyStoppingResult<MultiLayerNetwork> result =
        new EarlyStoppingTrainer(configuration, network, train).fit();
    assertThat(result.getTotalEpochs()).isEqualTo(2);
    assertThat(result.getTerminationDetails()).startsWith("PatienceTermination(Patience[");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|2|0.9|1|iterations must be > 0, got 0",
        "1|0.5|0.9|1|increase must be in [1, infinity), got 0.5",
        "1|NaN|0.9|1|increase must be in [1, infinity), got NaN",
        "1|2|1|1|improvement must be in [0, 1), got 1.0",
        "1|2|-0.1|1|improvement must be in [0, 1), got -0.1",
        "1|2|NaN|1|improvement must be in [0, 1), got NaN",
        "1|2|0.9|-1|validationFrequency must be >= 0, got -1"
      })
  void badArgumentsAreNamed(
      long iterations, double increase, double improvement, int frequency, String message) {
    assertThatThrownBy(() -> new Patience(iterations, increase, improvement, frequency))
        .hasMessage("Patience " + message);
  }

  @Test
  void anEpochHasMinibatches() {
    assertThatThrownBy(() -> Patience.ofTutorial(0))
        .hasMessage("Patience minibatchesPerEpoch must be > 0, got 0");
    assertThatThrownBy(() -> new PatienceTermination(Patience.UNLIMITED, 0))
        .hasMessage("PatienceTermination minibatchesPerEpoch must be > 0, got 0");
  }
}
