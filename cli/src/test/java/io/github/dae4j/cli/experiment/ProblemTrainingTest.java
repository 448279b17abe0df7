package io.github.dae4j.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.cli.config.YamlReader;
import io.github.dae4j.datasets.ProgressListener;
import io.github.dae4j.stacked.run.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A problem of Vincent et al. (2010) in small, as {@code benchmarks/vincent2010 --quick}. */
class ProblemTrainingTest {

  private static final String DATA_AND_STACK =
      """
      seed: 1
      data: {problem: bg-rand, digits: drawn, train: 1000, validation: 200, test: 2000}
      stack:
        activation: relu
        initialization: relu
        layers:
          - {units: 200, corruption: {masking: 0.25}}
          - {units: 200, corruption: {masking: 0.25}}
          - {units: 200, corruption: {masking: 0.25}}
      """;
  private static final String PRETRAINING =
      "pretraining: {epochs: 8, batch: 100, updater: {adam: 0.0005}}\n";
  private static final String FINE_TUNING =
      """
      fine-tuning:
        epochs: 12
        batch: 100
        updater: {adam: {rate: {from: 0.001, to: 0.00001, decay: linear}}}
        dropout: {input: 0.1, hidden: 0.4}
      """;

  @TempDir private Path folder;

  /** 18 points apart with this seed: a wrong gradient or wrong images would end that. */
  @Test
  void aDenoisingStackSeesDigitsInNoiseThatOneWithoutPretrainingDoesNot() throws IOException {
    double denoising = testError("denoising", DATA_AND_STACK + PRETRAINING + FINE_TUNING);
    double scratch = testError("scratch", DATA_AND_STACK + FINE_TUNING);
    assertThat(denoising).isLessThan(scratch - 0.08).isLessThan(0.8);
  }

  private double testError(String name, String yaml) throws IOException {
    Experiment experiment =
        Experiment.open(YamlReader.read(name, yaml, List.of()), ProgressListener.NONE);
    RunFiles files = new RunFiles(Files.createDirectory(folder.resolve(name)));
    TrainingResult result = new ExperimentRun(experiment, files, List.of()).train();
    return TestResult.classification(
            result.stack(), experiment.digits().test(), ProgressListener.NONE)
        .error();
  }
}
