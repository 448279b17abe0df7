package io.github.dae4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.corruption.NoCorruption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossCosineProximity;
import org.nd4j.linalg.lossfunctions.impl.LossKLD;
import org.nd4j.linalg.lossfunctions.impl.LossL1;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossMSLE;
import org.nd4j.linalg.lossfunctions.impl.LossPoisson;
import org.nd4j.linalg.ops.transforms.Transforms;

/** What a trained layer is asked for: codes, reconstructions and their errors. */
class ReconstructionTest {

  private static final int ROWS = 5;

  private static final INDArray WEIGHTS =
      Nd4j.linspace(1, Small.WIDTH, Small.WIDTH).divi(6).reshape(1, -1);

  private static final Map<String, BiFunction<DenoisingAutoEncoderLayer, INDArray, INDArray>> USES =
      Map.of(
          "encode", DenoisingAutoEncoderLayer::encode,
          "decode", (layer, x) -> layer.decode(layer.encode(x)),
          "reconstruct", DenoisingAutoEncoderLayer::reconstruct,
          "reconstructionError", DenoisingAutoEncoderLayer::reconstructionError,
          "reconstructionErrorPerFeature",
              DenoisingAutoEncoderLayer::reconstructionErrorPerFeature);

  static Stream<String> uses() {
    return USES.keySet().stream();
  }

  @Test
  void encodeIsWhatTheNetworkFeedsForward() {
    MultiLayerNetwork net = pretrained(Small.layer());
    assertThat(Small.exact(Small.layerOf(net).encode(x())))
        .containsExactly(Small.exact(net.feedForward(x(), false).get(1)));
  }

  @Test
  void encodeIsWhatTheGraphFeedsForward() {
    ComputationGraph graph = Small.graph(Small.settings(), Small.layer().build());
    assertThat(Small.exact(Small.layerOf(graph).encode(x())))
        .containsExactly(Small.exact(graph.feedForward(x(), false).get("dae")));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void decodeIsTheActivationOfTheCodeByTheDecodersWeights(boolean tied) {
    DenoisingAutoEncoderLayer layer =
        Small.layerOf(pretrained(Small.layer().tiedWeights(tied).visibleBiasInit(0.3)));
    INDArray code = layer.encode(x());
    INDArray weights = tied ? layer.getParam("W").transpose() : layer.getParam("vW");
    INDArray expected = Transforms.sigmoid(code.mmul(weights).addiRowVector(layer.getParam("vb")));
    assertThat(layer.decode(code)).isEqualTo(expected);
  }

  @Test
  void reconstructIsDecodeOfEncode() {
    DenoisingAutoEncoderLayer layer = Small.layerOf(pretrained(Small.layer()));
    assertThat(layer.reconstruct(x())).isEqualTo(layer.decode(layer.encode(x())));
  }

  static Stream<ILossFunction> sums() {
    return Stream.of(
        new LossBinaryXENT(),
        new LossBinaryXENT(WEIGHTS),
        new LossL1(),
        new LossL2(),
        new LossL2(WEIGHTS),
        new LossMSE(),
        new LossMSE(WEIGHTS),
        new LossMAE(),
        new LossMSLE(),
        new LossKLD(),
        new LossPoisson());
  }

  @ParameterizedTest
  @MethodSource("sums")
  void theErrorsOfTheFeaturesSumToTheErrorOfTheExample(ILossFunction loss) {
    DenoisingAutoEncoderLayer layer =
        Small.layerOf(pretrained(Small.layer().reconstructionLoss(loss)));
    INDArray features = layer.reconstructionErrorPerFeature(x());
    assertThat(features.shape()).containsExactly(ROWS, Small.WIDTH);
    assertThat(Small.exact(features.sum(1)))
        .containsExactly(Small.exact(layer.reconstructionError(x())), within(1e-4));
  }

  static Stream<Arguments> definitions() {
    return Stream.of(
        Arguments.of(new LossL1(), cells(d -> Transforms.abs(d))),
        Arguments.of(new LossL2(), cells(d -> d.mul(d))),
        Arguments.of(
            new LossL2(WEIGHTS), cells(d -> d.mul(d).muliRowVector(WEIGHTS.castTo(d.dataType())))),
        Arguments.of(new LossMSE(), cells(d -> d.mul(d).divi(Small.WIDTH))),
        Arguments.of(new LossMAE(), cells(d -> Transforms.abs(d).divi(Small.WIDTH))));
  }

  @ParameterizedTest
  @MethodSource("definitions")
  void theErrorOfAFeatureIsTheLossOfItsCell(
      ILossFunction loss, Function<INDArray, INDArray> definition) {
    DenoisingAutoEncoderLayer layer =
        Small.layerOf(pretrained(Small.layer().reconstructionLoss(loss)));
    INDArray difference = layer.reconstruct(x()).sub(x());
    assertThat(layer.reconstructionErrorPerFeature(x())).isEqualTo(definition.apply(difference));
  }

  private static Function<INDArray, INDArray> cells(Function<INDArray, INDArray> ofDifference) {
    return ofDifference;
  }

  /** Without corruption the score of a pretraining step is the mean error before it. */
  @ParameterizedTest
  @MethodSource("sums")
  void theMeanErrorIsTheScoreOfPretraining(ILossFunction loss) {
    MultiLayerNetwork net =
        Small.network(Small.layer().corruption(new NoCorruption()).reconstructionLoss(loss));
    double error = Small.error(Small.layerOf(net), x());
    net.pretrainLayer(0, x());
    assertThat(Small.layerOf(net).score()).isCloseTo(error, within(1e-5 * Math.abs(error)));
  }

  @Test
  void aLossThatIsNoSumOverFeaturesHasAnErrorPerExampleOnly() {
    DenoisingAutoEncoderLayer layer =
        Small.layerOf(pretrained(Small.layer().reconstructionLoss(new LossCosineProximity())));
    assertThat(layer.reconstructionError(x()).shape()).containsExactly(ROWS);
    assertThatThrownBy(() -> layer.reconstructionErrorPerFeature(x()))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage(
            "reconstruction error per feature needs a loss that is a sum over features, got"
                + " LossCosineProximity()");
  }

  @ParameterizedTest
  @MethodSource("uses")
  void nothingIsDrawnFromTheRandomGenerator(String use) {
    DenoisingAutoEncoderLayer layer = Small.layerOf(pretrained(Small.layer().dropOut(0.5)));
    INDArray x = x();
    Nd4j.getRandom().setSeed(5);
    double next = Nd4j.getRandom().nextDouble();
    Nd4j.getRandom().setSeed(5);
    USES.get(use).apply(layer, x);
    assertThat(Nd4j.getRandom().nextDouble()).isEqualTo(next);
  }

  @ParameterizedTest
  @MethodSource("uses")
  void resultsOutliveTheWorkspaceTheyWereAskedForIn(String use) {
    DenoisingAutoEncoderLayer layer = Small.layerOf(pretrained(Small.layer()));
    INDArray expected = USES.get(use).apply(layer, x());
    INDArray result;
    WorkspaceConfiguration conf = WorkspaceConfiguration.builder().initialSize(1 << 20).build();
    try (MemoryWorkspace open =
        Nd4j.getWorkspaceManager().getAndActivateWorkspace(conf, "ReconstructionTest")) {
      result = USES.get(use).apply(layer, x());
      assertThat(open.isScopeActive()).isTrue();
    }
    assertThat(result.isAttached()).isFalse();
    assertThat(Small.exact(result)).containsExactly(Small.exact(expected));
  }

  @ParameterizedTest
  @MethodSource("uses")
  void aListenerCanAskWithoutDisturbingTheTraining(String use) {
    MultiLayerNetwork watched = Small.network(Small.layer());
    List<INDArray> results = new ArrayList<>();
    INDArray given = x();
    watched.setListeners(
        new BaseTrainingListener() {
          @Override
          public void iterationDone(Model model, int iteration, int epoch) {
            DenoisingAutoEncoderLayer layer = (DenoisingAutoEncoderLayer) model;
            results.add(USES.get(use).apply(layer, given));
          }
        });
    MultiLayerNetwork alone = Small.network(Small.layer());
    alone.setListeners(new BaseTrainingListener() {}); // has gradients written
    for (MultiLayerNetwork net : List.of(watched, alone)) {
      Nd4j.getRandom().setSeed(3);
      Small.pretrain(net, given, 5);
    }
    assertThat(results).hasSize(5).noneMatch(INDArray::isAttached);
    assertThat(Small.exact(results.get(4)))
        .containsExactly(Small.exact(USES.get(use).apply(Small.layerOf(alone), given)));
    assertThat(Small.exact(watched.params())).containsExactly(Small.exact(alone.params()));
  }

  @Test
  void anotherWidthIsAnErrorThatNamesIt() {
    DenoisingAutoEncoderLayer layer = Small.layerOf(pretrained(Small.layer()));
    String place = " (layer name: layer0, layer index: 0, layer type: DenoisingAutoEncoderLayer)";
    assertThatThrownBy(() -> layer.encode(Nd4j.ones(3, 5)))
        .isInstanceOf(DL4JInvalidInputException.class)
        .hasMessage("DenoisingAutoEncoder input must be [minibatch, 12], got [3, 5]" + place);
    assertThatThrownBy(() -> layer.decode(Nd4j.ones(3, 5)))
        .isInstanceOf(DL4JInvalidInputException.class)
        .hasMessage("DenoisingAutoEncoder code must be [minibatch, 8], got [3, 5]" + place);
    assertThatThrownBy(() -> layer.reconstructionError(Nd4j.ones(12)))
        .hasMessage("DenoisingAutoEncoder input must be [minibatch, 12], got [12]" + place);
    assertThatThrownBy(() -> layer.reconstructionErrorPerFeature(Nd4j.ones(3, 12, 2)))
        .hasMessage(
            "DenoisingAutoEncoder input must be [minibatch, 12], got [3, 12, 2]"
                + place
                + "; pretrain the layer alone, on the steps as rows");
  }

  @Test
  void anyActivationOfTheDecoderGoesWithSquaredError() {
    DenoisingAutoEncoderLayer layer =
        Small.layerOf(
            pretrained(
                Small.layer()
                    .decoderActivation(Activation.IDENTITY)
                    .reconstructionLoss(new LossL2())));
    assertThat(layer.decode(layer.encode(x())))
        .isEqualTo(
            layer
                .encode(x())
                .mmul(layer.getParam("W").transpose())
                .addiRowVector(layer.getParam("vb")));
  }

  private static INDArray x() {
    return Small.patterns(ROWS);
  }

  private static MultiLayerNetwork pretrained(DenoisingAutoEncoder.Builder layer) {
    MultiLayerNetwork net = Small.network(layer);
    Small.pretrain(net, x(), 3);
    return net;
  }
}
