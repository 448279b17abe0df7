package io.github.dae4j.stacked.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.stacked.PretrainableNetwork;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingTrainer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.evaluation.regression.RegressionEvaluation.Metric;
import org.nd4j.linalg.api.ndarray.INDArray;

class ReconstructionScoreCalculatorTest {

  @Test
  void itIsTheErrorOfTheReconstruction() {
    PretrainableNetwork network = Stacks.of(Stacks.WIDTH, 8);
    INDArray x = Stacks.data(10);
    INDArray difference = Stacks.layer(network, 0).reconstruct(x).sub(x);
    double score =
        new ReconstructionScoreCalculator(Metric.MSE, Stacks.batches(x, 5)).calculateScore(network);
    assertThat(score)
        .isCloseTo(difference.mul(difference).meanNumber().doubleValue(), within(1e-6));
  }

  @Test
  void earlyStoppingPretrainsByIt() {
    PretrainableNetwork network = Stacks.of(Stacks.WIDTH, 8);
    EarlyStoppingConfiguration<MultiLayerNetwork> configuration =
        new EarlyStoppingConfiguration.Builder<MultiLayerNetwork>()
            .scoreCalculator(
                new ReconstructionScoreCalculator(Metric.MSE, Stacks.batches(Stacks.data(10), 5)))
            .epochTerminationConditions(new MaxEpochsTerminationCondition(4))
            .build();
    EarlyStoppingResult<MultiLayerNetwork> result =
        new EarlyStoppingTrainer(configuration, network, Stacks.batches(Stacks.data(20), 5))
            .pretrain();
    assertThat(result.getTerminationDetails()).doesNotContain("Exception");
    assertThat(result.getScoreVsEpoch()).hasSize(4);
    assertThat(result.getScoreVsEpoch().get(3)).isLessThan(result.getScoreVsEpoch().get(0));
  }

  @Test
  void anotherLayerIsRefused() {
    PretrainableNetwork network = Stacks.of(Stacks.output(Stacks.WIDTH));
    assertThatThrownBy(
            () ->
                new ReconstructionScoreCalculator(Metric.MSE, Stacks.batches(Stacks.data(4), 2))
                    .calculateScore(network))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage(
            "ReconstructionScoreCalculator needs a DenoisingAutoEncoder as layer 0, got a"
                + " OutputLayer");
  }
}
