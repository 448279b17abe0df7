package io.github.dae4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.utilty.SingletonMultiDataSetIterator;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingTrainer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/** The layer in the two kinds of network DL4J has, in each type, with and without workspaces. */
class NetworkTest {

  private static final int ROWS = 20;

  static Stream<Arguments> settings() {
    List<Arguments> all = new ArrayList<>();
    for (DataType type : List.of(DataType.FLOAT16, DataType.FLOAT, DataType.DOUBLE)) {
      for (WorkspaceMode mode : List.of(WorkspaceMode.ENABLED, WorkspaceMode.NONE)) {
        all.add(Arguments.of(type, mode));
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void aNetworkPretrains(DataType type, WorkspaceMode mode) {
    MultiLayerNetwork net = network(type, mode);
    double before = Small.error(Small.layerOf(net), Small.patterns(ROWS));
    net.pretrain(Small.batches(ROWS, 10), 10);
    assertThat(Small.error(Small.layerOf(net), Small.patterns(ROWS))).isLessThan(0.9 * before);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void aGraphPretrains(DataType type, WorkspaceMode mode) {
    ComputationGraph graph = graph(type, mode);
    double before = Small.error(Small.layerOf(graph), Small.patterns(ROWS));
    for (int epoch = 0; epoch < 10; epoch++) {
      graph.pretrain(Small.batches(ROWS, 10));
    }
    assertThat(Small.error(Small.layerOf(graph), Small.patterns(ROWS))).isLessThan(0.9 * before);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void aGraphPretrainsAsANetworkDoes(DataType type, WorkspaceMode mode) {
    MultiLayerNetwork net = network(type, mode);
    ComputationGraph graph = graph(type, mode);
    graph.setParams(net.params().dup());
    Nd4j.getRandom().setSeed(3);
    net.pretrain(Small.batches(ROWS, 10));
    Nd4j.getRandom().setSeed(3);
    graph.pretrain(Small.batches(ROWS, 10));
    assertThat(Small.exact(graph.params())).containsExactly(Small.exact(net.params()));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void aNetworkFits(DataType type, WorkspaceMode mode) {
    MultiLayerNetwork net = network(type, mode);
    net.pretrain(Small.batches(ROWS, 10));
    double before = net.score(Small.data(ROWS));
    net.fit(Small.batches(ROWS, 10), 20);
    assertThat(net.score(Small.data(ROWS))).isLessThan(0.5 * before);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void aGraphFits(DataType type, WorkspaceMode mode) {
    ComputationGraph graph = graph(type, mode);
    graph.pretrain(Small.batches(ROWS, 10));
    double before = graph.score(Small.data(ROWS));
    graph.fit(Small.batches(ROWS, 10), 20);
    assertThat(graph.score(Small.data(ROWS))).isLessThan(0.5 * before);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void outputIsThatOfADenseLayer(DataType type, WorkspaceMode mode) {
    MultiLayerNetwork net = network(type, mode);
    MultiLayerNetwork dense = Small.network(in(type, mode), Small.dense());
    ComputationGraph graph = graph(type, mode);
    graph.setParams(net.params().dup());
    dense.paramTable().keySet().forEach(key -> dense.setParam(key, net.getParam(key)));
    INDArray x = Small.patterns(ROWS);
    double[] expected = Small.exact(dense.output(x));
    assertThat(Small.exact(net.output(x))).containsExactly(expected);
    assertThat(Small.exact(graph.outputSingle(x))).containsExactly(expected);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void feedForwardHasTheCodes(DataType type, WorkspaceMode mode) {
    INDArray x = Small.patterns(ROWS);
    INDArray code = network(type, mode).feedForward(x, false).get(1);
    assertThat(code.shape()).containsExactly(ROWS, Small.CODE);
    assertThat(code.dataType()).isEqualTo(type);
    assertThat(graph(type, mode).feedForward(x, false).get("dae").dataType()).isEqualTo(type);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void everyUseGivesTheTypeOfTheLayerAndLossesAtLeastFloat(DataType type, WorkspaceMode mode) {
    DenoisingAutoEncoderLayer layer = Small.layerOf(network(type, mode));
    INDArray x = Small.patterns(ROWS);
    assertThat(layer.encode(x).dataType()).isEqualTo(type);
    assertThat(layer.reconstruct(x).dataType()).isEqualTo(type);
    assertThat(layer.reconstructionError(x).dataType())
        .isEqualTo(type == DataType.FLOAT16 ? DataType.FLOAT : type);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void squaredErrorPretrains(DataType type, WorkspaceMode mode) {
    MultiLayerNetwork net =
        Small.network(
            in(type, mode).updater(new Sgd(0.05)),
            Small.layer().reconstructionLoss(new LossL2()).emphasis(1, 0.5).build());
    double before = Small.error(Small.layerOf(net), Small.patterns(ROWS));
    net.pretrain(Small.batches(ROWS, 10), 20);
    assertThat(Small.error(Small.layerOf(net), Small.patterns(ROWS))).isLessThan(before);
  }

  /** ND4J's default type is FLOAT here; the input of each network is of another type. */
  @ParameterizedTest
  @MethodSource("settings")
  void inputOfAnotherTypeIsCast(DataType type, WorkspaceMode mode) {
    INDArray x = Small.patterns(ROWS).castTo(DataType.DOUBLE);
    MultiLayerNetwork net = network(type, mode);
    net.pretrainLayer(0, x);
    assertThat(net.params().dataType()).isEqualTo(type);
    assertThat(Small.layerOf(net).score()).isFinite();
  }

  @Test
  void aStackInAGraphPretrainsEveryLayer() {
    ComputationGraph graph =
        new ComputationGraph(
            Small.settings()
                .graphBuilder()
                .addInputs("in")
                .addLayer("first", Small.layer().build(), "in")
                .addLayer("second", Small.layer().nIn(Small.CODE).nOut(5).build(), "first")
                .addLayer("out", Small.output(5), "second")
                .setOutputs("out")
                .build());
    graph.init();
    INDArray out = graph.getLayer("out").params().dup();
    double[] second = Small.exact(graph.getLayer("second").params());
    graph.pretrain(Small.batches(ROWS, 10));
    assertThat(Small.exact(graph.getLayer("second").params())).isNotEqualTo(second);
    assertThat(graph.getLayer("out").params()).isEqualTo(out);
  }

  @Test
  void fitWithMasksOfExamplesIgnoresThose() {
    INDArray mask = Nd4j.ones(ROWS, 1);
    mask.putScalar(0, 0, 0);
    MultiLayerNetwork net = network(DataType.DOUBLE, WorkspaceMode.ENABLED);
    MultiLayerNetwork other = network(DataType.DOUBLE, WorkspaceMode.ENABLED);
    INDArray changed = Small.patterns(ROWS);
    changed.getRow(0).assign(0.5);
    net.fit(new DataSet(Small.patterns(ROWS), Small.labels(ROWS), mask, mask));
    other.fit(new DataSet(changed, Small.labels(ROWS), mask, mask));
    assertThat(Small.exact(net.params())).containsExactly(Small.exact(other.params()));
  }

  /** MultiLayerNetwork clears its masks after fit; a graph sets those of each minibatch. */
  @Test
  void noMaskOutlivesItsMinibatch() {
    INDArray mask = Nd4j.zeros(ROWS, 1);
    DataSet masked = new DataSet(Small.patterns(ROWS), Small.labels(ROWS), mask, null);
    MultiLayerNetwork net = network(DataType.FLOAT, WorkspaceMode.ENABLED);
    net.fit(masked);
    net.pretrainLayer(0, Small.patterns(ROWS));
    assertThat(Small.layerOf(net).score()).isGreaterThan(1);

    ComputationGraph graph = graph(DataType.FLOAT, WorkspaceMode.ENABLED);
    graph.pretrain(new SingletonMultiDataSetIterator(masked.toMultiDataSet()));
    assertThat(Small.layerOf(graph).score()).isZero();
    graph.pretrain(new SingletonMultiDataSetIterator(Small.data(ROWS).toMultiDataSet()));
    assertThat(Small.layerOf(graph).score()).isGreaterThan(1);
  }

  @Test
  void cloneIsANetworkOfItsOwn() {
    MultiLayerNetwork net = network(DataType.FLOAT, WorkspaceMode.ENABLED);
    net.fit(Small.data(ROWS));
    MultiLayerNetwork copy = net.clone();
    assertThat(Small.exact(copy.params())).containsExactly(Small.exact(net.params()));
    assertThat(copy.output(Small.patterns(ROWS))).isEqualTo(net.output(Small.patterns(ROWS)));
    double[] before = Small.exact(net.params());
    copy.pretrainLayer(0, Small.patterns(ROWS));
    copy.fit(Small.data(ROWS));
    assertThat(Small.exact(net.params())).containsExactly(before);
  }

  @Test
  void cloneOfAGraphIsAGraphOfItsOwn() {
    ComputationGraph graph = graph(DataType.FLOAT, WorkspaceMode.ENABLED);
    ComputationGraph copy = graph.clone();
    double[] before = Small.exact(graph.params());
    copy.pretrain(Small.batches(ROWS, 10));
    assertThat(Small.exact(graph.params())).containsExactly(before);
  }

  @Test
  void cloneOfTheLayerIsALayerOfItsOwn() {
    DenoisingAutoEncoderLayer layer = Small.layerOf(network(DataType.FLOAT, WorkspaceMode.NONE));
    DenoisingAutoEncoderLayer copy = layer.clone();
    INDArray error = layer.reconstructionError(Small.patterns(ROWS));
    assertThat(copy.reconstructionError(Small.patterns(ROWS))).isEqualTo(error);
    copy.getParam("W").addi(1);
    assertThat(layer.reconstructionError(Small.patterns(ROWS))).isEqualTo(error);
    assertThat(copy.conf()).isEqualTo(layer.conf()).isNotSameAs(layer.conf());
    double[] before = Small.exact(copy.params());
    copy.fit(Small.patterns(ROWS), LayerWorkspaceMgr.noWorkspaces());
    assertThat(Small.exact(copy.params())).isNotEqualTo(before);
    assertThat(layer.reconstructionError(Small.patterns(ROWS))).isEqualTo(error);
  }

  @Test
  void summaryCountsAllParameters() {
    String tied = network(DataType.FLOAT, WorkspaceMode.ENABLED).summary();
    assertThat(tied).contains("DenoisingAutoEncoderLayer").containsPattern("12,8 +116 ");
    assertThat(tied).contains("W:{12,8}, b:{8}, vb:{12}");
    assertThat(graph(DataType.FLOAT, WorkspaceMode.ENABLED).summary())
        .contains("DenoisingAutoEncoderLayer", "W:{12,8}, b:{8}, vb:{12}");
  }

  @Test
  void earlyStoppingFitsAndKeepsTheBest() {
    MultiLayerNetwork net = network(DataType.FLOAT, WorkspaceMode.ENABLED);
    net.pretrain(Small.batches(ROWS, 10));
    double[] decoder = Small.exact(net.getParam("0_vb"));
    double before = net.score(Small.data(ROWS));
    EarlyStoppingResult<MultiLayerNetwork> result =
        new EarlyStoppingTrainer(
                new EarlyStoppingConfiguration.Builder<MultiLayerNetwork>()
                    .modelSaver(new InMemoryModelSaver<>())
                    .scoreCalculator(new DataSetLossCalculator(Small.batches(ROWS, 10), true))
                    .epochTerminationConditions(new MaxEpochsTerminationCondition(5))
                    .build(),
                net,
                Small.batches(ROWS, 10))
            .fit();
    // not getBestModelScore(), which in M2.1 is the score() of a copy that never had one
    double best = result.getScoreVsEpoch().get(result.getBestModelEpoch());
    assertThat(best).isLessThan(before);
    assertThat(result.getBestModel().score(Small.data(ROWS))).isCloseTo(best, within(1e-4));
    assertThat(Small.exact(result.getBestModel().getParam("0_vb"))).containsExactly(decoder);
  }

  private static MultiLayerNetwork network(DataType type, WorkspaceMode mode) {
    return Small.network(in(type, mode), Small.layer().build());
  }

  private static ComputationGraph graph(DataType type, WorkspaceMode mode) {
    return Small.graph(in(type, mode), Small.layer().build());
  }

  /** Adam's epsilon of 1e-8 is 0 in HALF. */
  private static NeuralNetConfiguration.Builder in(DataType type, WorkspaceMode mode) {
    return Small.settings()
        .dataType(type)
        .updater(type == DataType.FLOAT16 ? new Sgd(0.5) : new Adam(0.02))
        .trainingWorkspaceMode(mode)
        .inferenceWorkspaceMode(mode);
  }
}
