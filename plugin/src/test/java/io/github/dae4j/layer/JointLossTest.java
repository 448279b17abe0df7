package io.github.dae4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/** Minimizing the network's loss + weight x the layer's denoising loss, in one step of fit. */
@ExtendWith(InDouble.class)
class JointLossTest {

  private static final int ROWS = 6;
  private static final double WEIGHT = 0.3;

  static Stream<UnaryOperator<DenoisingAutoEncoder.Builder>> layers() {
    return Stream.of(
        layer -> layer,
        layer -> layer.tiedWeights(false),
        layer -> layer.activation(Activation.TANH).emphasis(2, 0.5),
        layer -> layer.contraction(0.3).sparsity(0.2, 0.4),
        layer -> layer.decoderActivation(Activation.IDENTITY).reconstructionLoss(new LossL2()));
  }

  /** Central differences of the two losses, computed apart, with the same corruption. */
  @ParameterizedTest
  @MethodSource("layers")
  void theGradientIsThatOfTheSum(UnaryOperator<DenoisingAutoEncoder.Builder> change) {
    MultiLayerNetwork net = network(new Sgd(1), change);
    net.setInput(Small.patterns(ROWS));
    net.setLabels(Small.labels(ROWS));
    Nd4j.getRandom().setSeed(5);
    net.computeGradientAndScore();
    double[] gradient = Small.exact(net.getGradientsViewArray().div(ROWS));

    INDArray params = net.params();
    double epsilon = 1e-6;
    for (int i = 0; i < params.length(); i++) {
      double value = params.getDouble(i);
      params.putScalar(i, value + epsilon);
      double above = jointLoss(net);
      params.putScalar(i, value - epsilon);
      double below = jointLoss(net);
      params.putScalar(i, value);
      assertThat(gradient[i])
          .as("parameter %d", i)
          .isCloseTo((above - below) / (2 * epsilon), within(1e-7));
    }
  }

  private static double jointLoss(MultiLayerNetwork net) {
    DenoisingAutoEncoderLayer layer = Small.layerOf(net);
    layer.setInput(Small.patterns(ROWS), LayerWorkspaceMgr.noWorkspaces());
    Nd4j.getRandom().setSeed(5);
    layer.computeGradientAndScore(LayerWorkspaceMgr.noWorkspaces());
    return net.score(Small.data(ROWS)) + WEIGHT * layer.score();
  }

  @Test
  void oneStepOfSgdIsTheGradientAndTheScoresAreApart() {
    MultiLayerNetwork net = network(new Sgd(0.1), layer -> layer.tiedWeights(false));
    net.initGradientsView();
    INDArray before = net.params().dup();
    double supervised = net.score(Small.data(ROWS));
    double joint = jointLoss(net);
    net.setInput(Small.patterns(ROWS));
    net.setLabels(Small.labels(ROWS));
    Nd4j.getRandom().setSeed(5);
    net.computeGradientAndScore();
    INDArray step = net.getGradientsViewArray().mul(0.1 / ROWS);

    INDArray expected = before.sub(step.reshape(step.length()));
    fit(net);

    assertThat(Small.exact(net.params())).containsExactly(Small.exact(expected), within(1e-12));
    assertThat(net.score()).isCloseTo(supervised, within(1e-12));
    assertThat(Small.layerOf(net).score()).isCloseTo((joint - supervised) / WEIGHT, within(1e-12));
  }

  private static void fit(MultiLayerNetwork net) {
    INDArray x = Small.patterns(ROWS); // which seeds
    Nd4j.getRandom().setSeed(5);
    net.fit(x, Small.labels(ROWS));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void bothLossesFall(boolean tied) {
    MultiLayerNetwork net = network(new Adam(0.02), layer -> layer.tiedWeights(tied));
    INDArray x = Small.patterns(ROWS);
    double supervised = net.score(Small.data(ROWS));
    double denoising = Small.error(Small.layerOf(net), x);
    for (int step = 0; step < 100; step++) {
      net.fit(Small.data(ROWS));
    }
    assertThat(net.score(Small.data(ROWS))).isLessThan(0.5 * supervised);
    assertThat(Small.error(Small.layerOf(net), x)).isLessThan(0.8 * denoising);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ClipL2PerParamType", "RenormalizeL2PerLayer"})
  void gradientNormalizationSeesTheDecoder(GradientNormalization how) {
    MultiLayerNetwork net =
        Small.network(
            settings(new Sgd(1)).gradientNormalization(how).gradientNormalizationThreshold(1e-3),
            Small.layer().denoisingWeight(100).build());
    INDArray before = Small.layerOf(net).getParam("vb").dup();
    net.fit(Small.data(ROWS));
    double step = before.sub(Small.layerOf(net).getParam("vb")).norm2Number().doubleValue();
    assertThat(step).isPositive().isLessThanOrEqualTo(1 + 1e-9);
  }

  @Test
  void aGraphTrainsTheDecoderToo() {
    ComputationGraph graph =
        Small.graph(settings(new Sgd(0.1)), Small.layer().denoisingWeight(WEIGHT).build());
    double before = Small.error(Small.layerOf(graph), Small.patterns(ROWS));
    for (int step = 0; step < 50; step++) {
      graph.fit(Small.data(ROWS));
    }
    assertThat(Small.error(Small.layerOf(graph), Small.patterns(ROWS))).isLessThan(before);
  }

  @Test
  void badArgumentsAreNamed() {
    assertThatThrownBy(() -> Small.layer().denoisingWeight(-1))
        .hasMessage("DenoisingAutoEncoder denoisingWeight must be in [0, infinity), got -1.0");
    assertThatThrownBy(() -> Small.layer().denoisingWeight(Double.NaN))
        .hasMessage("DenoisingAutoEncoder denoisingWeight must be in [0, infinity), got NaN");
    assertThatThrownBy(() -> Small.network(settings(new Sgd(1)).dropOut(0.5), joint()))
        .hasMessageStartingWith(
            "DenoisingAutoEncoder denoisingWeight goes with neither dropOut nor weightNoise, got"
                + " Dropout(");
    assertThatThrownBy(
            () -> Small.network(settings(new Sgd(1)).weightNoise(new DropConnect(0.5)), joint()))
        .hasMessageStartingWith(
            "DenoisingAutoEncoder denoisingWeight goes with neither dropOut nor weightNoise, got"
                + " DropConnect(");
  }

  private static DenoisingAutoEncoder joint() {
    return Small.layer().denoisingWeight(WEIGHT).build();
  }

  private static MultiLayerNetwork network(
      IUpdater updater, UnaryOperator<DenoisingAutoEncoder.Builder> change) {
    return Small.network(
        settings(updater), change.apply(Small.layer().denoisingWeight(WEIGHT)).build());
  }

  private static NeuralNetConfiguration.Builder settings(IUpdater updater) {
    return Small.settings().dataType(DataType.DOUBLE).updater(updater);
  }
}
