package io.github.dae4j.stacked;

import static io.github.dae4j.stacked.finetuning.TwoPrototypes.data;
import static io.github.dae4j.stacked.finetuning.TwoPrototypes.exact;
import static io.github.dae4j.stacked.finetuning.TwoPrototypes.features;
import static io.github.dae4j.stacked.finetuning.TwoPrototypes.minibatches;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.layer.DenoisingAutoEncoderLayer;
import io.github.dae4j.stacked.finetuning.FineTuner;
import io.github.dae4j.stacked.finetuning.FineTuningResult;
import io.github.dae4j.stacked.finetuning.ReconstructionIterator;
import io.github.dae4j.stacked.finetuning.TwoPrototypes;
import io.github.dae4j.stacked.finetuning.ValidationScore;
import java.io.File;
import java.io.IOException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

class UnrolledStackTest {

  private static final int ROWS = 20;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void beforeTuningItReconstructsAsTheChainOfDecodersDoes(boolean tied) {
    PretrainableNetwork stack = pretrained(tied);
    MultiLayerNetwork network = UnrolledStack.of(stack).network();
    assertThat(network.getnLayers()).isEqualTo(6);
    assertThat(exact(network.output(features(ROWS))))
        .containsExactly(exact(reconstruction(stack)), within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tuningLowersTheErrorAndFoldingKeepsTheReconstruction(boolean tied) {
    PretrainableNetwork stack = pretrained(tied);
    double[] before = exact(stack.params());
    UnrolledStack unrolled = UnrolledStack.of(stack);
    double error = ValidationScore.LOSS.of(unrolled.network(), clean());

    FineTuningResult result =
        new FineTuner.Builder()
            .epochs(20)
            .updater(new Adam(0.02))
            .validationScore(ValidationScore.LOSS)
            .build()
            .fit(unrolled.network(), denoising(), clean());

    assertThat(result.best().score()).isLessThan(0.95 * error);
    PretrainableNetwork folded = unrolled.fold();
    assertThat(exact(reconstruction(folded)))
        .containsExactly(exact(unrolled.network().output(features(ROWS))), within(1e-6));
    assertThat(exact(folded.getLayer(3).params()))
        .containsExactly(exact(stack.getLayer(3).params()));
    assertThat(exact(stack.params())).as("the stack itself").containsExactly(before);
  }

  @Test
  void untunedFoldingGivesTheSameStackUntied() {
    PretrainableNetwork stack = pretrained(true);
    PretrainableNetwork folded = UnrolledStack.of(stack).fold();
    for (int k = 0; k < 3; k++) {
      assertThat(layer(folded, k).layerConf()).isEqualTo(layer(stack, k).layerConf().untied());
      assertThat(exact(folded.getParam(k + "_vW")))
          .containsExactly(exact(stack.getParam(k + "_W").transpose()));
    }
    assertThat(exact(folded.output(features(ROWS))))
        .containsExactly(exact(stack.output(features(ROWS))));
  }

  @Test
  void aFoldedStackCanBeSavedLoadedAndTrained(@TempDir File folder) throws IOException {
    PretrainableNetwork folded = UnrolledStack.of(pretrained(true)).fold();
    File file = new File(folder, "folded.zip");
    folded.save(file, true);
    PretrainableNetwork loaded = PretrainableNetwork.load(file, true);
    assertThat(exact(loaded.params())).containsExactly(exact(folded.params()));
    loaded.pretrain(minibatches(data(ROWS), 5), 1);
    loaded.fit(data(ROWS));
    assertThat(exact(loaded.params())).isNotEqualTo(exact(folded.params()));
  }

  @Test
  void theBottomLayersLossAndActivationAreTheOutputs() {
    PretrainableNetwork stack =
        TwoPrototypes.stack(
            layer -> layer.decoderActivation(Activation.IDENTITY).reconstructionLoss(new LossL2()),
            8);
    OutputLayer output =
        (OutputLayer) UnrolledStack.of(stack).network().getLayer(1).conf().getLayer();
    assertThat(output.getLossFn()).isEqualTo(new LossL2());
    assertThat(output.getActivationFn()).isEqualTo(Activation.IDENTITY.getActivationFunction());
  }

  /** DL4J sets ND4J's seed whenever a configuration is built. */
  @Test
  void unrollingSetsTheSeedToThatOfTheStack() {
    PretrainableNetwork stack = pretrained(true);
    Nd4j.getRandom().setSeed(stack.getDefaultConfiguration().getSeed());
    double expected = Nd4j.getRandom().nextDouble();
    UnrolledStack.of(stack).fold();
    assertThat(Nd4j.getRandom().nextDouble()).isEqualTo(expected);
  }

  @Test
  void aNetworkWithoutDenoisingLayersIsRefused() {
    MultiLayerNetwork plain =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(new OutputLayer.Builder(new LossL2()).nIn(3).nOut(2).build())
                .build());
    plain.init();
    assertThatThrownBy(() -> UnrolledStack.of(plain))
        .hasMessage("a stack to unroll must begin with a DenoisingAutoEncoder, got a OutputLayer");
  }

  private static PretrainableNetwork pretrained(boolean tied) {
    PretrainableNetwork stack = TwoPrototypes.stack(layer -> layer.tiedWeights(tied), 10, 8, 4);
    stack.pretrain(minibatches(data(ROWS), 5), 5);
    return stack;
  }

  /** Up through three encoders, down through three decoders. */
  private static INDArray reconstruction(MultiLayerNetwork stack) {
    INDArray x = features(ROWS);
    for (int k = 0; k < 3; k++) {
      x = layer(stack, k).encode(x);
    }
    for (int k = 2; k >= 0; k--) {
      x = layer(stack, k).decode(x);
    }
    return x;
  }

  private static DenoisingAutoEncoderLayer layer(MultiLayerNetwork stack, int k) {
    return (DenoisingAutoEncoderLayer) stack.getLayer(k);
  }

  private static DataSetIterator clean() {
    return ReconstructionIterator.clean(minibatches(data(ROWS), 5));
  }

  private static DataSetIterator denoising() {
    return ReconstructionIterator.denoising(minibatches(data(ROWS), 5), new MaskingCorruption(0.2));
  }
}
