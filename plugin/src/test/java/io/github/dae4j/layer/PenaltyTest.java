package io.github.dae4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.corruption.NoCorruption;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/** Contraction and sparsity: part of pretraining's score and gradient, and of nothing else. */
@ExtendWith(InDouble.class)
class PenaltyTest {

  private static final int ROWS = 5;
  private static final LayerWorkspaceMgr NONE = LayerWorkspaceMgr.noWorkspaces();

  static Stream<Arguments> penalties() {
    List<UnaryOperator<DenoisingAutoEncoder.Builder>> layers =
        List.of(
            layer -> layer.contraction(0.7),
            layer -> layer.contraction(0.7).activation(Activation.TANH),
            layer -> layer.contraction(0.7).activation(Activation.RELU),
            layer -> layer.contraction(0.7).activation(Activation.IDENTITY),
            layer -> layer.contraction(0.7).emphasis(1, 0.5),
            layer -> layer.contraction(0.7).dropOut(0.6).l2(0.1),
            layer -> layer.sparsity(0.1, 0.9),
            layer -> layer.sparsity(0.1, 0.9).contraction(0.7).reconstructionLoss(new LossL2()));
    return layers.stream()
        .flatMap(layer -> Stream.of(Arguments.of(layer, true), Arguments.of(layer, false)));
  }

  @ParameterizedTest
  @MethodSource("penalties")
  void theGradientIsThatOfTheScore(
      UnaryOperator<DenoisingAutoEncoder.Builder> change, boolean tied) {
    assertGradient(network(change.apply(Small.layer()).tiedWeights(tied), new NoOp()));
  }

  static Stream<INDArray> masks() {
    INDArray cells = Nd4j.ones(ROWS, Small.WIDTH);
    cells.getRow(1).assign(0);
    cells.putScalar(2, 3, 0);
    return Stream.of(Nd4j.createFromArray(1.0, 0, 1, 0, 1).reshape(ROWS, 1), cells);
  }

  @ParameterizedTest
  @MethodSource("masks")
  void theGradientIsThatOfTheScoreUnderAMask(INDArray mask) {
    MultiLayerNetwork net = network(Small.layer().sparsity(0.1, 0.9).contraction(0.7), new NoOp());
    net.getLayer(0).setMaskArray(mask);
    assertGradient(net);
  }

  private static void assertGradient(MultiLayerNetwork net) {
    net.initGradientsView();
    assertThat(
            GradientCheckUtil.checkGradientsPretrainLayer(
                net.getLayer(0), 1e-6, 1e-4, 1e-8, false, false, Small.patterns(ROWS), 12345))
        .isTrue();
  }

  /** The Jacobian by central differences of the code, cell by cell. */
  @ParameterizedTest
  @EnumSource(names = {"SIGMOID", "TANH", "RELU", "IDENTITY"})
  void contractionIsTheMeanOfTheJacobiansSquaredNorm(Activation activation) {
    UnaryOperator<DenoisingAutoEncoder.Builder> layer =
        builder -> builder.activation(activation).corruption(new NoCorruption());
    double plain = score(network(layer.apply(Small.layer()), new NoOp()));
    MultiLayerNetwork net = network(layer.apply(Small.layer()).contraction(0.7), new NoOp());
    assertThat((score(net) - plain) / 0.7).isCloseTo(jacobianNorm(net), within(1e-7));
  }

  private static double jacobianNorm(MultiLayerNetwork net) {
    double sum = 0;
    double epsilon = 1e-5;
    for (int column = 0; column < Small.WIDTH; column++) {
      INDArray step = Nd4j.zeros(ROWS, Small.WIDTH);
      step.getColumn(column).assign(epsilon);
      INDArray x = Small.patterns(ROWS);
      INDArray above = Small.layerOf(net).encode(x.add(step));
      INDArray slope = above.sub(Small.layerOf(net).encode(x.sub(step))).div(2 * epsilon);
      sum += slope.mul(slope).sumNumber().doubleValue();
    }
    return sum / ROWS;
  }

  @Test
  void sparsityIsTheDivergenceOfEachUnitsMean() {
    UnaryOperator<DenoisingAutoEncoder.Builder> layer =
        builder -> builder.corruption(new NoCorruption());
    double plain = score(network(layer.apply(Small.layer()), new NoOp()));
    MultiLayerNetwork net = network(layer.apply(Small.layer()).sparsity(0.1, 0.9), new NoOp());
    assertThat((score(net) - plain) / 0.9).isCloseTo(divergence(net, 0.1), within(1e-9));
  }

  /** A code of exact zeros and ones, as FLOAT has it, has a divergence without end. */
  @Test
  void saturatedCodesHaveAFiniteScoreAndGradient() {
    MultiLayerNetwork net = network(Small.layer().sparsity(0.1, 1), new NoOp());
    net.getParam("0_b").assign(Nd4j.createFromArray(1000.0, -1000, 1000, -1000, 0, 0, 0, 0));
    assertThat(score(net)).isFinite();
    for (double derivative : Small.exact(net.getLayer(0).gradient().gradient())) {
      assertThat(derivative).isFinite();
    }
  }

  private static double score(MultiLayerNetwork net) {
    net.initGradientsView();
    net.getLayer(0).setInput(Small.patterns(ROWS), NONE);
    net.getLayer(0).computeGradientAndScore(NONE);
    return net.getLayer(0).score();
  }

  /** One of them takes DL4J's way, for somebody may look at its gradients. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStepIsTheSameWhoeverListens(boolean tied) {
    MultiLayerNetwork net = singlePrecision(tied);
    MultiLayerNetwork heard = singlePrecision(tied);
    heard.setListeners(new BaseTrainingListener() {});
    Small.pretrain(net, Small.patterns(ROWS), 3);
    Small.pretrain(heard, Small.patterns(ROWS), 3);
    Small.params(net)
        .forEach(
            (key, values) ->
                assertThat(values).containsExactly(Small.params(heard).get(key), within(1e-6)));
  }

  private static MultiLayerNetwork singlePrecision(boolean tied) {
    return Small.network(
        Small.settings().dataType(DataType.FLOAT),
        Small.layer().tiedWeights(tied).contraction(0.5).sparsity(0.2, 0.5).build());
  }

  @Test
  void contractionMakesTheCodeLessSensitive() {
    double[] norms =
        Stream.of(0.0, 0.5)
            .map(weight -> pretrained(Small.layer().contraction(weight)))
            .mapToDouble(PenaltyTest::jacobianNorm)
            .toArray();
    assertThat(norms[1]).isLessThan(0.5 * norms[0]);
  }

  @Test
  void sparsityMovesTheMeansOfTheCodeToItsRate() {
    double[] divergences =
        Stream.of(0.0, 3.0)
            .map(weight -> pretrained(Small.layer().sparsity(0.2, weight)))
            .mapToDouble(net -> divergence(net, 0.2))
            .toArray();
    assertThat(divergences[1]).isLessThan(0.5 * divergences[0]);
  }

  private static double divergence(MultiLayerNetwork net, double rate) {
    double sum = 0;
    for (double mean : Small.exact(Small.layerOf(net).encode(Small.patterns(ROWS)).mean(0))) {
      sum += rate * Math.log(rate / mean) + (1 - rate) * Math.log((1 - rate) / (1 - mean));
    }
    return sum;
  }

  private static MultiLayerNetwork pretrained(DenoisingAutoEncoder.Builder layer) {
    MultiLayerNetwork net = network(layer, new Sgd(0.1));
    Small.pretrain(net, Small.patterns(ROWS), 500);
    return net;
  }

  @Test
  void backpropagationKnowsNothingOfThem() {
    MultiLayerNetwork plain = network(Small.layer(), new Sgd(0.1));
    MultiLayerNetwork net = network(Small.layer().contraction(1).sparsity(0.1, 1), new Sgd(0.1));
    plain.fit(Small.data(ROWS));
    net.fit(Small.data(ROWS));
    assertThat(Small.exact(net.params())).containsExactly(Small.exact(plain.params()));
    assertThat(net.score()).isEqualTo(plain.score());
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void weightsMustBeFiniteAndNotNegative(double weight) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Small.layer().contraction(weight))
        .withMessage("DenoisingAutoEncoder contraction must be in [0, infinity), got " + weight);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Small.layer().sparsity(0.1, weight))
        .withMessage(
            "DenoisingAutoEncoder sparsity weight must be in [0, infinity), got " + weight);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, Double.NaN})
  void theRateMustBeBetweenZeroAndOne(double rate) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Small.layer().sparsity(rate, 1))
        .withMessage("DenoisingAutoEncoder sparsity rate must be in (0, 1), got " + rate);
  }

  @ParameterizedTest
  @CsvSource({"SOFTPLUS, softplus", "ELU, elu", "HARDSIGMOID, hardsigmoid"})
  void contractionNeedsAKnownSecondDerivative(Activation activation, String name) {
    String message =
        "DenoisingAutoEncoder contraction needs the activation sigmoid, tanh, relu or identity,"
            + " whose second derivative is known, got ";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Small.layer().contraction(1).activation(activation).build())
        .withMessageStartingWith(message + name);
  }

  @Test
  void aReluWithABoundIsNoPlainOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Small.layer()
                    .contraction(1)
                    .activation(new ActivationReLU(6.0, null, null))
                    .build())
        .withMessageEndingWith("got relu");
  }

  /** The layer is built before it inherits. */
  @Test
  void sparsityNeedsASigmoidWhereverTheActivationComesFrom() {
    DenoisingAutoEncoder layer =
        new DenoisingAutoEncoder.Builder()
            .nIn(Small.WIDTH)
            .nOut(Small.CODE)
            .corruption(new MaskingCorruption(0.2))
            .sparsity(0.1, 1)
            .build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Small.network(Small.settings().activation(Activation.TANH), layer))
        .withMessage(
            "DenoisingAutoEncoder sparsity needs a code in (0, 1), that of the activation sigmoid,"
                + " got tanh");
  }

  @Test
  void withoutAWeightAnyActivationGoes() {
    assertThat(
            Arrays.stream(Activation.values())
                .map(any -> Small.layer().activation(any).sparsity(0.3, 0).contraction(0).build()))
        .hasSize(Activation.values().length);
  }

  private static MultiLayerNetwork network(DenoisingAutoEncoder.Builder layer, IUpdater updater) {
    return Small.network(
        Small.settings().dataType(DataType.DOUBLE).updater(updater), layer.build());
  }
}
