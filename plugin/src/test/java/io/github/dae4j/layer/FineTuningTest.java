package io.github.dae4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.constraint.UnitNormConstraint;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.NoOp;

/** To {@code fit} the layer is a dense layer: the decoder gets no gradient and does not move. */
@ExtendWith(InDouble.class)
class FineTuningTest {

  private static final int ROWS = 6;

  static Stream<Arguments> settings() {
    Map<String, UnaryOperator<NeuralNetConfiguration.Builder>> all = new LinkedHashMap<>();
    PretrainingTest.updaters()
        .forEach(updater -> all.put(updater.toString(), builder -> builder.updater(updater)));
    all.put("l1, l2", builder -> builder.l1(0.1).l2(0.1).l1Bias(0.1).l2Bias(0.1));
    all.put("weight decay", builder -> builder.weightDecay(0.1).weightDecayBias(0.1));
    all.put("max norm", b -> b.constrainWeights(new MaxNormConstraint(0.1, 1)));
    all.put(
        "non-negative",
        b ->
            b.constrainWeights(new NonNegativeConstraint())
                .constrainBias(new NonNegativeConstraint()));
    all.put("unit norm", b -> b.constrainWeights(new UnitNormConstraint(1)));
    all.put("drop connect", b -> b.weightNoise(new DropConnect(0.5, true)));
    all.put("dropout", b -> b.dropOut(0.5));
    for (GradientNormalization how : GradientNormalization.values()) {
      all.put(
          how.toString(), b -> b.gradientNormalization(how).gradientNormalizationThreshold(0.01));
    }
    return all.entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("settings")
  void theDecoderIsUntouched(String name, UnaryOperator<NeuralNetConfiguration.Builder> settings) {
    MultiLayerNetwork net = network(settings);
    Small.pretrain(net, Small.patterns(ROWS), 2);
    DenoisingAutoEncoderLayer layer = Small.layerOf(net);
    layer.getParam("vb").subi(0.5); // so that every constraint would have something to do
    layer.getParam("vW").muli(3);
    double[] visibleBias = Small.exact(layer.getParam("vb"));
    double[] visibleWeights = Small.exact(layer.getParam("vW"));

    for (int step = 0; step < 3; step++) {
      net.fit(Small.data(ROWS));
    }

    assertThat(Small.exact(layer.getParam("vb"))).containsExactly(visibleBias);
    assertThat(Small.exact(layer.getParam("vW"))).containsExactly(visibleWeights);
  }

  @Test
  void theGraphLeavesTheDecoderUntouchedToo() {
    ComputationGraph graph = graph(b -> b.updater(new Adam(0.1)).l2(0.1));
    graph.pretrain(Small.batches(ROWS, 3));
    DenoisingAutoEncoderLayer layer = Small.layerOf(graph);
    double[] visibleBias = Small.exact(layer.getParam("vb"));
    double[] visibleWeights = Small.exact(layer.getParam("vW"));

    graph.fit(Small.batches(ROWS, 3), 2);

    assertThat(Small.exact(layer.getParam("vb"))).containsExactly(visibleBias);
    assertThat(Small.exact(layer.getParam("vW"))).containsExactly(visibleWeights);
  }

  /** With noise of any kind, which both draw from the same seeds. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("settings")
  void fitDoesWhatItDoesToADenseLayer(
      String name, UnaryOperator<NeuralNetConfiguration.Builder> settings) {
    MultiLayerNetwork ours = Small.network(settings.apply(inDouble()), untied().build());
    MultiLayerNetwork dense = Small.network(settings.apply(inDouble()), Small.dense());
    for (String key : dense.paramTable().keySet()) {
      dense.setParam(key, ours.getParam(key));
    }
    fitInTurn(ours::fit, dense::fit);
    requireSame(Small.params(dense), Small.params(ours));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("settings")
  void aGraphDoesWhatItDoesToADenseLayer(
      String name, UnaryOperator<NeuralNetConfiguration.Builder> settings) {
    ComputationGraph ours = Small.graph(settings.apply(inDouble()), untied().build());
    ComputationGraph dense = Small.graph(settings.apply(inDouble()), Small.dense());
    for (String key : dense.paramTable().keySet()) {
      dense.setParam(key, ours.getParam(key));
    }
    fitInTurn(ours::fit, dense::fit);
    requireSame(Small.params(dense), Small.params(ours));
  }

  private static NeuralNetConfiguration.Builder inDouble() {
    return Small.settings().dataType(DataType.DOUBLE);
  }

  private static void fitInTurn(Consumer<DataSet> ours, Consumer<DataSet> dense) {
    for (int step = 0; step < 4; step++) {
      DataSet data = Small.data(ROWS);
      Nd4j.getRandom().setSeed(step + 1);
      ours.accept(data.copy());
      Nd4j.getRandom().setSeed(step + 1);
      dense.accept(data.copy());
    }
  }

  private static void requireSame(Map<String, double[]> dense, Map<String, double[]> ours) {
    dense.forEach(
        (key, values) -> assertThat(ours.get(key)).as(key).containsExactly(values, within(1e-9)));
  }

  @Test
  void backpropagationUsesThePreOutputOfItsOwnInput() {
    DenoisingAutoEncoderLayer used = layerWithGradient();
    LayerWorkspaceMgr none = LayerWorkspaceMgr.noWorkspaces();
    used.activate(Small.patterns(ROWS).rsub(1), true, none);
    used.setInput(Small.patterns(ROWS), none);
    DenoisingAutoEncoderLayer fresh = layerWithGradient();
    fresh.activate(Small.patterns(ROWS), true, none);

    INDArray epsilon = Nd4j.ones(DataType.FLOAT, ROWS, Small.CODE);
    double[] expected =
        Small.exact(fresh.backpropGradient(epsilon, none).getFirst().getGradientFor("W"));
    assertThat(Small.exact(used.backpropGradient(epsilon, none).getFirst().getGradientFor("W")))
        .containsExactly(expected);
    assertThat(Small.exact(fresh.backpropGradient(epsilon, none).getFirst().getGradientFor("W")))
        .as("a second time")
        .containsExactly(expected);
  }

  /** As with external errors: a pass that nothing came of, and the weights have changed since. */
  @Test
  void backpropagationUsesThePreOutputOfItsOwnPass() {
    INDArray x = Small.patterns(ROWS);
    LayerWorkspaceMgr none = LayerWorkspaceMgr.noWorkspaces();
    DenoisingAutoEncoderLayer used = layerWithGradient();
    used.activate(x, true, none);
    DenoisingAutoEncoderLayer fresh = layerWithGradient();
    for (DenoisingAutoEncoderLayer layer : List.of(used, fresh)) {
      layer.getParam("W").muli(-3);
      layer.activate(x, false, none);
    }
    INDArray epsilon = Nd4j.ones(DataType.FLOAT, ROWS, Small.CODE);
    assertThat(Small.exact(used.backpropGradient(epsilon, none).getFirst().getGradientFor("W")))
        .containsExactly(
            Small.exact(fresh.backpropGradient(epsilon, none).getFirst().getGradientFor("W")));
  }

  private static DenoisingAutoEncoderLayer layerWithGradient() {
    MultiLayerNetwork net = Small.network(Small.layer());
    net.initGradientsView();
    return Small.layerOf(net);
  }

  static Stream<UnaryOperator<NeuralNetConfiguration.Builder>> checked() {
    return Stream.of(
        b -> b,
        b -> b.l1(0.1).l2(0.1).l1Bias(0.1).l2Bias(0.1),
        b -> b.weightDecay(0.1).weightDecayBias(0.1),
        b -> b.dropOut(0.5));
  }

  /** Numerically and by {@code fit} alike the decoder's derivative is 0, whatever came before. */
  @ParameterizedTest
  @MethodSource("checked")
  void theGradientOfANetworkIsRight(UnaryOperator<NeuralNetConfiguration.Builder> settings) {
    MultiLayerNetwork net = network(b -> settings.apply(b.updater(new NoOp())));
    INDArray x = Small.patterns(ROWS);
    Small.pretrain(net, x, 1);
    assertThat(
            GradientCheckUtil.checkGradients(
                new GradientCheckUtil.MLNConfig()
                    .net(net)
                    .input(x)
                    .labels(Small.labels(ROWS))
                    .callEachIter(any -> Nd4j.getRandom().setSeed(5))))
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("checked")
  void theGradientOfAGraphIsRight(UnaryOperator<NeuralNetConfiguration.Builder> settings) {
    ComputationGraph graph = graph(b -> settings.apply(b.updater(new NoOp())));
    graph.pretrain(Small.batches(ROWS, ROWS));
    assertThat(
            GradientCheckUtil.checkGradients(
                new GradientCheckUtil.GraphConfig()
                    .net(graph)
                    .inputs(new INDArray[] {Small.patterns(ROWS)})
                    .labels(new INDArray[] {Small.labels(ROWS)})
                    .callEachIter(any -> Nd4j.getRandom().setSeed(5))))
        .isTrue();
  }

  @Test
  void theGradientOfTheDecoderIsExactlyZeroAfterPretraining() {
    MultiLayerNetwork net = network(b -> b);
    Small.pretrain(net, Small.patterns(ROWS), 1);
    assertThat(decoderGradients(net)).anySatisfy(g -> assertThat(g.amaxNumber()).isNotEqualTo(0.0));

    net.setInput(Small.patterns(ROWS));
    net.setLabels(Small.labels(ROWS));
    net.computeGradientAndScore();

    assertThat(decoderGradients(net)).allSatisfy(g -> assertThat(Small.exact(g)).containsOnly(0));
  }

  private static List<INDArray> decoderGradients(MultiLayerNetwork net) {
    DenoisingAutoEncoderLayer layer = Small.layerOf(net);
    Map<String, INDArray> views =
        layer
            .layerConf()
            .initializer()
            .getGradientsFromFlattened(layer.conf(), layer.getGradientsViewArray());
    return List.of(views.get("vb"), views.get("vW"));
  }

  private static DenoisingAutoEncoder.Builder untied() {
    return Small.layer().tiedWeights(false);
  }

  private static MultiLayerNetwork network(UnaryOperator<NeuralNetConfiguration.Builder> settings) {
    return Small.network(
        settings.apply(Small.settings().dataType(DataType.DOUBLE)), untied().build());
  }

  private static ComputationGraph graph(UnaryOperator<NeuralNetConfiguration.Builder> settings) {
    return Small.graph(
        settings.apply(Small.settings().dataType(DataType.DOUBLE)), untied().build());
  }
}
