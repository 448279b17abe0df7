package io.github.dae4j.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.nn.transferlearning.TransferLearningHelper;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;

/** A pretrained layer in a new network, changed, kept or frozen. */
class TransferLearningTest {

  private static final int ROWS = 10;

  private MultiLayerNetwork net;

  @BeforeEach
  void pretrain() {
    net =
        Small.network(
            Small.settings().updater(new Adam(0.1)).l2(0.1),
            Small.layer().tiedWeights(false).build());
    Small.pretrain(net, Small.patterns(ROWS), 5);
  }

  @Test
  void aNewOutputLayerKeepsThePretrainedLayer() {
    MultiLayerNetwork next = withNewOutput().build();
    assertThat(Small.exact(next.getLayer(0).params()))
        .containsExactly(Small.exact(net.getLayer(0).params()));
    assertThat(Small.layerOf(next).reconstruct(Small.patterns(ROWS)))
        .isEqualTo(Small.layerOf(net).reconstruct(Small.patterns(ROWS)));
  }

  @Test
  void aNewOutputLayerCanBeFitAndTheOldOnePretrained() {
    MultiLayerNetwork next = withNewOutput().build();
    Small.pretrain(next, Small.patterns(ROWS), 2);
    Map<String, double[]> before = Small.params(next);
    next.fit(Small.data(ROWS));
    Map<String, double[]> after = Small.params(next);
    assertThat(after.get("0_W")).isNotEqualTo(before.get("0_W"));
    assertThat(after.get("0_vW")).containsExactly(before.get("0_vW"));
  }

  @Test
  void anotherNumberOfUnitsReplacesEveryParameter() {
    MultiLayerNetwork next =
        new TransferLearning.Builder(net).nOutReplace(0, 5, WeightInit.XAVIER).build();
    assertThat(next.getParam("0_W").shape()).containsExactly(Small.WIDTH, 5);
    assertThat(next.getParam("0_vb").shape()).containsExactly(Small.WIDTH);
    assertThat(next.getParam("0_vW").shape()).containsExactly(5, Small.WIDTH);
    assertThat(next.getParam("1_W").shape()).containsExactly(5, Small.CLASSES);
    double before = Small.error(Small.layerOf(next), Small.patterns(ROWS));
    Small.pretrain(next, Small.patterns(ROWS), 20);
    assertThat(Small.error(Small.layerOf(next), Small.patterns(ROWS))).isLessThan(before);
  }

  @Test
  void aFineTuneConfigurationSetsTheUpdater() {
    MultiLayerNetwork next =
        new TransferLearning.Builder(net)
            .fineTuneConfiguration(
                new FineTuneConfiguration.Builder().updater(new Adam(0.03)).build())
            .build();
    assertThat(Small.layerOf(next).layerConf().getIUpdater()).isEqualTo(new Adam(0.03));
  }

  @Test
  void aFeatureExtractorIsChangedByNothing() {
    assertUnchanged(new TransferLearning.Builder(net).setFeatureExtractor(0).build());
  }

  @Test
  void aFeatureExtractorStillReconstructs() {
    MultiLayerNetwork frozen = new TransferLearning.Builder(net).setFeatureExtractor(0).build();
    DenoisingAutoEncoderLayer inside =
        (DenoisingAutoEncoderLayer) ((FrozenLayer) frozen.getLayer(0)).getInsideLayer();
    assertThat(inside.reconstruct(Small.patterns(ROWS)))
        .isEqualTo(Small.layerOf(net).reconstruct(Small.patterns(ROWS)));
  }

  static Stream<Layer> frozen() {
    return Stream.of(
        new org.deeplearning4j.nn.conf.layers.misc.FrozenLayer.Builder()
            .layer(Small.layer().tiedWeights(false).build())
            .build(),
        new FrozenLayerWithBackprop(Small.layer().tiedWeights(false).build()));
  }

  @ParameterizedTest
  @MethodSource("frozen")
  void aLayerConfiguredAsFrozenIsChangedByNothing(Layer layer) {
    assertUnchanged(Small.network(Small.settings().updater(new Adam(0.1)), layer));
  }

  @ParameterizedTest
  @MethodSource("frozen")
  void aFrozenLayerOfAGraphIsChangedByNothing(Layer layer) {
    assertUnchanged(Small.graph(Small.settings().updater(new Adam(0.1)), layer));
  }

  /** DL4J's fault, with every layer: its updater asks the layer inside for the regularization. */
  @Test
  void frozenWithBackpropDecaysUnderL2() {
    MultiLayerNetwork dense =
        Small.network(Small.settings().l2(0.1), new FrozenLayerWithBackprop(Small.dense()));
    double[] before = Small.exact(dense.getParam("0_W"));
    dense.fit(Small.data(ROWS));
    assertThat(Small.exact(dense.getParam("0_W"))).isNotEqualTo(before);
  }

  @Test
  void aFeatureExtractorOfAGraphIsChangedByNothing() {
    ComputationGraph graph = Small.graph(Small.settings(), Small.layer().build());
    graph.pretrain(Small.batches(ROWS, 5));
    assertUnchanged(new TransferLearning.GraphBuilder(graph).setFeatureExtractor("dae").build());
  }

  /** What lies below a frozen layer with backprop still learns. */
  @Test
  void frozenWithBackpropHandsTheGradientOn() {
    MultiLayerNetwork stack =
        new MultiLayerNetwork(
            Small.settings()
                .list()
                .layer(Small.layer().build())
                .layer(new FrozenLayerWithBackprop(Small.layer().nIn(Small.CODE).nOut(5).build()))
                .layer(Small.output(5))
                .build());
    stack.init();
    Map<String, double[]> before = Small.params(stack);
    stack.fit(Small.data(ROWS));
    Map<String, double[]> after = Small.params(stack);
    assertThat(after.get("0_W")).isNotEqualTo(before.get("0_W"));
    assertThat(after.get("0_vb")).containsExactly(before.get("0_vb"));
    assertThat(after.get("1_W")).containsExactly(before.get("1_W"));
  }

  @Test
  void theHelperFeaturizesToCodes() {
    MultiLayerNetwork frozen = new TransferLearning.Builder(net).setFeatureExtractor(0).build();
    DataSet codes = new TransferLearningHelper(frozen).featurize(Small.data(ROWS));
    assertThat(codes.getFeatures()).isEqualTo(Small.layerOf(net).encode(Small.patterns(ROWS)));
  }

  private TransferLearning.Builder withNewOutput() {
    return new TransferLearning.Builder(net)
        .fineTuneConfiguration(
            new FineTuneConfiguration.Builder().updater(new Adam(0.05)).seed(2).build())
        .removeOutputLayer()
        .addLayer(Small.output(Small.CODE));
  }

  private static void assertUnchanged(MultiLayerNetwork frozen) {
    INDArray params = frozen.getLayer(0).params();
    double[] before = Small.exact(params);
    double[] output = Small.exact(frozen.getLayer(1).params());
    frozen.pretrain(Small.batches(ROWS, 5));
    frozen.fit(Small.data(ROWS));
    assertThat(Small.exact(frozen.getLayer(0).params())).containsExactly(before);
    assertThat(Small.exact(frozen.getLayer(1).params())).isNotEqualTo(output);
  }

  private static void assertUnchanged(ComputationGraph frozen) {
    double[] before = Small.exact(frozen.getLayer("dae").params());
    double[] output = Small.exact(frozen.getLayer("out").params());
    frozen.pretrain(Small.batches(ROWS, 5));
    frozen.fit(Small.data(ROWS));
    assertThat(Small.exact(frozen.getLayer("dae").params())).containsExactly(before);
    assertThat(Small.exact(frozen.getLayer("out").params())).isNotEqualTo(output);
  }
}
