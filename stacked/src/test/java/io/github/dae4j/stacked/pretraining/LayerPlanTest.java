package io.github.dae4j.stacked.pretraining;

import static io.github.dae4j.stacked.pretraining.Stacks.WIDTH;
import static io.github.dae4j.stacked.pretraining.Stacks.batches;
import static io.github.dae4j.stacked.pretraining.Stacks.bits;
import static io.github.dae4j.stacked.pretraining.Stacks.data;
import static io.github.dae4j.stacked.pretraining.Stacks.denoising;
import static io.github.dae4j.stacked.pretraining.Stacks.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.corruption.NoCorruption;
import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.stacked.PretrainableNetwork;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/** A plan governs the pretraining of its layer, and nothing else. */
class LayerPlanTest {

  @Test
  void eachLayerFollowsItsOwnPlan() {
    PretrainableNetwork network = Stacks.of(WIDTH, 10, 8, 6);
    List<String> seen = new ArrayList<>();
    network.setListeners(
        new BaseTrainingListener() {
          @Override
          public void iterationDone(Model model, int iteration, int epoch) {
            DenoisingAutoEncoder conf = (DenoisingAutoEncoder) model.conf().getLayer();
            seen.add(
                "%s %s %s %s"
                    .formatted(
                        ((org.deeplearning4j.nn.api.Layer) model).getIndex(),
                        conf.getIUpdater(),
                        conf.getCorruption(),
                        conf.getReconstructionLoss().getClass().getSimpleName()));
          }
        });

    List<LayerResult> results =
        new GreedyPretrainer.Builder()
            .plan(LayerPlan.ofEpochs(2))
            .plan(0, LayerPlan.ofEpochs(1).withMinibatch(20).withLearningRate(0.5))
            .plan(
                2,
                LayerPlan.ofEpochs(3)
                    .withMinibatch(7)
                    .withUpdater(new Sgd(0.25))
                    .withCorruption(new NoCorruption())
                    .withReconstructionLoss(new LossL2()))
            .build()
            .pretrain(network, batches(data(20), 5));

    String masking = new MaskingCorruption(0.3).toString();
    assertThat(seen.subList(0, 1))
        .containsOnly("0 %s %s LossBinaryXENT".formatted(new Adam(0.5), masking));
    assertThat(seen.subList(1, 9))
        .containsOnly("1 %s %s LossBinaryXENT".formatted(new Adam(0.02), masking));
    assertThat(seen.subList(9, 18))
        .containsOnly("2 %s %s LossL2".formatted(new Sgd(0.25), new NoCorruption()));
    assertThat(seen).hasSize(18);
    assertThat(results).extracting(LayerResult::layer).containsExactly(0, 1, 2);
    assertThat(results).extracting(LayerResult::epochs).containsExactly(1, 2, 3);
    assertThat(results).extracting(LayerResult::bestEpoch).containsExactly(0, 1, 2);
    assertThat(results).extracting(LayerResult::cachedBytes).containsExactly(960L, 800L, 640L);
  }

  @Test
  void layersWithoutAPlanArePassed() {
    PretrainableNetwork network = Stacks.of(WIDTH, 10, 8);
    INDArray below = network.getLayer(0).params().dup();
    List<LayerResult> results =
        new GreedyPretrainer.Builder()
            .plan(1, LayerPlan.ofEpochs(1))
            .build()
            .pretrain(network, batches(data(20), 5));
    assertThat(results).extracting(LayerResult::layer).containsExactly(1);
    assertThat(network.getLayer(0).params()).isEqualTo(below);
  }

  @Test
  void fineTuningKnowsNothingOfThePlan() {
    LayerPlan plan =
        LayerPlan.ofEpochs(1)
            .withUpdater(new Sgd(0.7))
            .withCorruption(new NoCorruption())
            .withReconstructionLoss(new LossL2());
    PretrainableNetwork network = Stacks.of(WIDTH, 10, 8);
    String before = network.getLayerWiseConfigurations().toJson();
    pretrain(network, plan);

    assertThat(network.getLayer(0).conf().getLayer())
        .isEqualTo(Stacks.of(WIDTH, 10, 8).getLayer(0).conf().getLayer());
    network.getLayer(0).conf().setEpochCount(0);
    network.getLayer(1).conf().setEpochCount(0);
    network.getLayer(0).conf().setIterationCount(0);
    network.getLayer(1).conf().setIterationCount(0);
    assertThat(network.getLayerWiseConfigurations().toJson()).isEqualTo(before);

    PretrainableNetwork never = Stacks.of(WIDTH, 10, 8);
    never.setParams(network.params().dup());
    DataSet labelled = new DataSet(data(6), Nd4j.eye(3).repeat(0, 2));
    network.fit(labelled);
    never.fit(labelled);
    assertThat(bits(network)).isEqualTo(bits(never));
  }

  @Test
  void aPlansLearningRateHoldsForBiasesToo() {
    DenoisingAutoEncoder conf =
        new DenoisingAutoEncoder.Builder()
            .nIn(4)
            .nOut(3)
            .updater(new Adam(0.1))
            .biasUpdater(new Sgd(0.2))
            .build();
    BaseLayer layer = planned(conf, LayerPlan.ofEpochs(1).withLearningRate(0.5));
    assertThat(layer.getIUpdater()).isEqualTo(new Adam(0.5));
    assertThat(layer.getBiasUpdater()).isEqualTo(new Sgd(0.5));
    assertThat(conf.getIUpdater()).isEqualTo(new Adam(0.1));
    layer = planned(conf, LayerPlan.ofEpochs(1).withUpdater(new Sgd(0.3)));
    assertThat(layer.getUpdaterByParam("W")).isEqualTo(new Sgd(0.3));
    assertThat(layer.getUpdaterByParam("b")).isEqualTo(new Sgd(0.3));
  }

  private static BaseLayer planned(DenoisingAutoEncoder layer, LayerPlan plan) {
    PretrainableNetwork network = Stacks.of(layer, output(3));
    return (BaseLayer) plan.appliedTo(network.getLayer(0).conf()).getLayer();
  }

  @Test
  void badValuesAreNamed() {
    LayerPlan plan = LayerPlan.ofEpochs(1);
    assertThatThrownBy(() -> LayerPlan.ofEpochs(0))
        .hasMessage("LayerPlan epochs must be >= 1, got 0");
    assertThatThrownBy(() -> plan.withMinibatch(0))
        .hasMessage("LayerPlan minibatch must be >= 1, got 0");
    for (double rate : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> plan.withLearningRate(rate))
          .hasMessage("LayerPlan learningRate must be finite and > 0, got " + rate);
    }
    assertThatThrownBy(() -> new EarlyStopping(0))
        .hasMessage("EarlyStopping patience must be >= 1, got 0");
    assertThatThrownBy(() -> new EarlyStopping(1, Double.NaN))
        .hasMessage("EarlyStopping improvement must be in [0, 1), got NaN");
  }

  /** Before any layer is trained, though the layer in question be the last. */
  @Test
  void plansThatDoNotSuitTheirLayerAreRefusedAtOnce() {
    Corruption wide = new MaskingCorruption(0.1, 1, 2, 3);
    LayerPlan plan = LayerPlan.ofEpochs(1);
    assertRefused(plan.withCorruption(wide), "MaskingCorruption");
    assertRefused(
        plan.withUpdater(new AdaDelta()).withLearningRate(1),
        "LayerPlan learningRate must be null for an updater without one, got AdaDelta");

    PretrainableNetwork network =
        Stacks.of(
            denoising(WIDTH, 10),
            new VariationalAutoencoder.Builder().nIn(10).nOut(4).build(),
            output(4));
    assertThatThrownBy(() -> pretrain(network, plan.withCorruption(new NoCorruption())))
        .hasMessage(
            "LayerPlan corruption must be null for a layer that is no DenoisingAutoEncoder, got"
                + " VariationalAutoencoder");
    pretrain(network, plan);
  }

  private static void assertRefused(LayerPlan plan, String message) {
    PretrainableNetwork network = Stacks.of(WIDTH, 10, 8);
    float[] before = bits(network);
    GreedyPretrainer pretrainer =
        new GreedyPretrainer.Builder().plan(0, LayerPlan.ofEpochs(1)).plan(1, plan).build();
    assertThatThrownBy(() -> pretrainer.pretrain(network, batches(data(20), 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
    assertThat(bits(network)).isEqualTo(before);
  }

  private static void pretrain(PretrainableNetwork network, LayerPlan plan) {
    new GreedyPretrainer.Builder().plan(plan).build().pretrain(network, batches(data(20), 5));
  }
}
