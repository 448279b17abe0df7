package io.github.dae4j.cli.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.cli.config.ExperimentConfiguration;
import io.github.dae4j.cli.config.YamlReader;
import io.github.dae4j.cli.experiment.Experiment;
import io.github.dae4j.cli.study.LabelComparison.LabelResult;
import io.github.dae4j.cli.study.LabelComparison.Start;
import io.github.dae4j.datasets.ProgressListener;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.finetuning.Patience;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelComparisonTest {

  private static final String YAML =
      """
      seed: 3
      data: {source: drawn, train: 60, validation: 20, test: 30}
      stack:
        layers:
          - {units: 12, corruption: {masking: 0.2}}
          - {units: 8, corruption: {masking: 0.2}}
      pretraining: {epochs: 2}
      fine-tuning: {epochs: 4, batch: 10, updater: {sgd: {rate: {from: 0.1, to: 0.01}}}}
      """;

  @Test
  void networksBeginWithThePretrainedStackOrItsFreshWeightsHoweverManyWereFineTuned() {
    LabelComparison comparison = comparison(3, 6);
    float[] untrained = parameters(comparison, Start.PRETRAINED);
    assertThat(parameters(comparison, Start.FROM_SCRATCH)).containsExactly(untrained);

    comparison.pretrain(List.of());
    float[] pretrained = parameters(comparison, Start.PRETRAINED);
    assertThat(pretrained).isNotEqualTo(untrained);

    LabelResult few = comparison.fineTune(Start.PRETRAINED, 20, ProgressListener.NONE);
    comparison.fineTune(Start.FROM_SCRATCH, 20, ProgressListener.NONE);
    comparison.fineTune(Start.PRETRAINED, 60, ProgressListener.NONE);
    assertThat(parameters(comparison, Start.PRETRAINED)).containsExactly(pretrained);
    assertThat(parameters(comparison, Start.FROM_SCRATCH)).containsExactly(untrained);
    assertThat(comparison.fineTune(Start.PRETRAINED, 20, ProgressListener.NONE).validationError())
        .isEqualTo(few.validationError());
  }

  @Test
  void pretrainingChangesTheAutoencodersAndNotTheOutputLayer() {
    LabelComparison comparison = comparison(3, 6);
    comparison.pretrain(List.of());
    StackedDenoisingAutoEncoder pretrained = comparison.network(Start.PRETRAINED);
    StackedDenoisingAutoEncoder fresh = comparison.network(Start.FROM_SCRATCH);
    for (String changed : List.of("0_W", "0_b", "1_W", "1_b")) {
      assertThat(parameter(pretrained, changed)).isNotEqualTo(parameter(fresh, changed));
    }
    for (String kept : List.of("2_W", "2_b")) {
      assertThat(parameter(pretrained, kept)).containsExactly(parameter(fresh, kept));
    }
  }

  @Test
  void eachSeedHasItsOwnWeightsAndTheSameDigits() {
    LabelComparison comparison = comparison(4, 6);
    assertThat(parameters(comparison, Start.FROM_SCRATCH))
        .isNotEqualTo(parameters(comparison(3, 6), Start.FROM_SCRATCH));
    Experiment experiment = experiment();
    assertThat(experiment.with("seed=4").digits()).isSameAs(experiment.digits());
  }

  @Test
  void fewLabelsHaveMoreEpochsSoThatThereAreEnoughSteps() {
    LabelComparison comparison = comparison(3, 25);
    assertThat(comparison.withLabels(15).fineTuning().epochs()).isEqualTo(13); // of 2 minibatches
    assertThat(comparison.withLabels(60).fineTuning().epochs()).isEqualTo(5); // of 6
    assertThat(comparison(3, 6).withLabels(60).fineTuning().epochs()).isEqualTo(4); // configured
    comparison.pretrain(List.of());
    LabelResult result = comparison.fineTune(Start.FROM_SCRATCH, 15, ProgressListener.NONE);
    assertThat(result.epochs()).isEqualTo(13);
    assertThat(result.minibatches()).isEqualTo(26);
    assertThat(result.seed()).isEqualTo(3);
    assertThat(result.testError()).isBetween(0.0, 1.0);
  }

  @Test
  void aLadderSeesAllImagesAndAsFewLabels() {
    LabelComparison comparison = comparison(3, 6);
    Experiment few = comparison.ladder(20);
    assertThat(few.fineTuning().epochs()).isEqualTo(6); // of 1 minibatch
    assertThat(few.configuration().data().labels()).isEqualTo(20);
    LabelResult result = comparison.fineTune(Start.LADDER, 20, ProgressListener.NONE);
    assertThat(result.minibatches()).isEqualTo(6);
    assertThat(result.start().words()).isEqualTo("ladder");
  }

  @Test
  void validationKeepsItsRhythmWhateverAnEpochIs() {
    LabelComparison comparison = comparison(3, 1000);
    assertThat(comparison.patience(comparison.withLabels(10)))
        .isEqualTo(new Patience(Long.MAX_VALUE, 1, 0, 20));
    assertThat(comparison(3, 5).patience(comparison(3, 5).withLabels(10)).validationFrequency())
        .isEqualTo(1);
  }

  @Test
  void theConfiguredPatienceEndsItAfterEnoughSteps() {
    LabelComparison comparison =
        new LabelComparison(
            experiment().with("fine-tuning.patience.epochs=2", "fine-tuning.epochs=5000"), 3, 100);
    assertThat(comparison.patience(comparison.withLabels(10)))
        .isEqualTo(new Patience(100, 2, 0.005, 2));
    assertThat(comparison.patience(comparison.withLabels(60)).iterations()).isEqualTo(100);
    LabelComparison shorter =
        new LabelComparison(experiment().with("fine-tuning.patience.epochs=20"), 3, 100);
    assertThat(shorter.patience(shorter.withLabels(60)))
        .isEqualTo(new Patience(120, 2, 0.005, 2)); // 17 epochs end it before
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pretraining=null",
        "fine-tuning=null",
        "fine-tuning.objective=reconstruction",
        "fine-tuning.objective=ladder"
      })
  void itNeedsPretrainingAndClassification(String override) {
    assertThat(LabelComparison.fits(configuration())).isTrue();
    assertThat(LabelComparison.fits(configuration(override))).isFalse();
  }

  private static LabelComparison comparison(long seed, int steps) {
    return new LabelComparison(experiment(), seed, steps);
  }

  private static Experiment experiment() {
    return Experiment.open(configuration(), ProgressListener.NONE);
  }

  private static ExperimentConfiguration configuration(String... overrides) {
    return YamlReader.read("test", YAML, List.of(overrides));
  }

  private static float[] parameters(LabelComparison comparison, Start start) {
    return comparison.network(start).network().params().toFloatVector();
  }

  private static float[] parameter(StackedDenoisingAutoEncoder stack, String name) {
    return stack.network().getParam(name).dup().data().asFloat();
  }
}
