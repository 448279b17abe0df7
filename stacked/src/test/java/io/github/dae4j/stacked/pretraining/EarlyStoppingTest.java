package io.github.dae4j.stacked.pretraining;

import static io.github.dae4j.stacked.pretraining.Stacks.WIDTH;
import static io.github.dae4j.stacked.pretraining.Stacks.batches;
import static io.github.dae4j.stacked.pretraining.Stacks.bits;
import static io.github.dae4j.stacked.pretraining.Stacks.data;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.stacked.PretrainableNetwork;
import io.github.dae4j.stacked.internal.RunSeed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

class EarlyStoppingTest {

  @Test
  void trainingStopsAndTheBestWeightsComeBack() {
    PretrainableNetwork network = Stacks.of(WIDTH, 6);
    List<float[]> weights = new ArrayList<>();
    network.setListeners(
        new BaseTrainingListener() {
          @Override
          public void onEpochEnd(Model model) {
            weights.add(bits(network));
          }
        });

    LayerResult result =
        new GreedyPretrainer.Builder()
            .plan(LayerPlan.ofEpochs(60).withEarlyStopping(new EarlyStopping(3)))
            .build()
            .pretrain(network, batches(constant(0.2), 5), batches(constant(0.45), 4))
            .get(0);

    List<Double> errors = result.validationErrors();
    int best = errors.indexOf(Collections.min(errors));
    assertThat(result.bestEpoch()).isEqualTo(best);
    assertThat(result.epochs()).isEqualTo(best + 1 + 3).isLessThan(60);
    assertThat(errors).hasSize(result.epochs());
    assertThat(bits(network)).isEqualTo(weights.get(best));
    assertThat(network.getLayer(0).conf().getEpochCount()).isEqualTo(result.epochs());
  }

  /** Learning 0.2 from biases of 0, an output of 0.5, passes by 0.45. */
  private static INDArray constant(double value) {
    return Nd4j.valueArrayOf(new long[] {20, WIDTH}, (float) value);
  }

  @Test
  void theCorruptionOfTheValidationSetIsDrawnOnce() {
    PretrainableNetwork network = Stacks.of(WIDTH, 10, 6);
    List<LayerResult> results =
        new GreedyPretrainer.Builder()
            .plan(LayerPlan.ofEpochs(5).withUpdater(new Sgd(1e-30)))
            .build()
            .pretrain(network, batches(data(20), 5), batches(data(10), 4));
    for (LayerResult result : results) {
      assertThat(result.validationErrors())
          .hasSize(5)
          .containsOnly(result.validationErrors().get(0));
    }
  }

  @Test
  void theErrorIsThatOfTheCorruptedForms() {
    PretrainableNetwork network = Stacks.of(WIDTH, 10, 6);
    INDArray x = data(10);
    LayerResult result =
        new GreedyPretrainer.Builder()
            .plan(1, LayerPlan.ofEpochs(1))
            .seed(3)
            .build()
            .pretrain(network, batches(data(20), 5), batches(x, 10))
            .get(0);
    INDArray clean = Stacks.layer(network, 0).encode(x);
    INDArray corrupted =
        Stacks.layer(network, 1)
            .layerConf()
            .getCorruption()
            .corrupt(clean, new RunSeed(3).random(RunSeed.Purpose.VALIDATION, 1, 0), 0, 0)
            .values();
    INDArray expected =
        Stacks.layer(network, 1).decodingError(clean, Stacks.layer(network, 1).encode(corrupted));
    assertThat(result.validationErrors()).hasSize(1);
    assertThat(result.validationErrors().get(0))
        .isCloseTo(expected.meanNumber().doubleValue(), within(1e-5));
  }

  @Test
  void smallImprovementsDoNotCountButTheirWeightsDo() {
    EarlyStopping.BestWeights best = new EarlyStopping.BestWeights(new EarlyStopping(2, 0.1));
    INDArray weights = Nd4j.zeros(1);
    double[] errors = {100, 95, 89, 85, 87};
    int[] waited = {0, 1, 0, 1, 2};
    for (int epoch = 0; epoch < errors.length; epoch++) {
      best.offer(epoch, errors[epoch], weights.assign(epoch));
      assertThat(best.patienceIsOver()).as("epoch %d", epoch).isEqualTo(waited[epoch] == 2);
    }
    assertThat(best.restore(weights)).isEqualTo(3);
    assertThat(weights.getDouble(0)).isEqualTo(3);
  }
}
