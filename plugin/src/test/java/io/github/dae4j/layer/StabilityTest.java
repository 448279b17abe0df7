package io.github.dae4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Binary cross-entropy of a sigmoid is right, and finite, for pre-activations up to 10,000 in size:
 * with W = 0 and vb = a the loss of a cell is log(1 + exp(a)) - a x and its derivative sigmoid(a) -
 * x.
 */
class StabilityTest {

  private static final double[] A = {
    -10000, -5000, -1000, -100, -16, -1, 0, 1, 16, 100, 1000, 5000, 10000
  };

  static Stream<Arguments> typesAndInputs() {
    List<Arguments> all = new ArrayList<>();
    for (DataType type : List.of(DataType.FLOAT16, DataType.FLOAT, DataType.DOUBLE)) {
      for (double x : new double[] {0, 0.5, 1}) {
        all.add(Arguments.of(type, x));
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("typesAndInputs")
  void theErrorOfEachCellIsRight(DataType type, double x) {
    INDArray errors = layer(type, A).reconstructionErrorPerFeature(input(type, A.length, x));
    assertCells(errors, type, a -> loss(a, x));
  }

  @ParameterizedTest
  @MethodSource("typesAndInputs")
  void theGradientOfEachCellIsRight(DataType type, double x) {
    INDArray gradient = computed(type, x, A).gradient().getGradientFor("vb");
    assertCells(gradient, type, a -> 1 / (1 + Math.exp(-a)) - x);
  }

  @ParameterizedTest
  @MethodSource("typesAndInputs")
  void theScoreIsTheirSum(DataType type, double x) {
    double expected = Arrays.stream(A).map(a -> loss(a, x)).sum();
    assertThat(computed(type, x, A).score()).isCloseTo(expected, close(type, expected));
  }

  /** One example, one feature, one unit: the product that ND4J's {@code mmul} refuses in HALF. */
  @ParameterizedTest
  @MethodSource("typesAndInputs")
  void aSingleCellIsEnough(DataType type, double x) {
    assertThat(computed(type, x, 1).score()).isCloseTo(loss(1, x), close(type, 1));
    assertThat(layer(type, 1).reconstructionError(input(type, 1, x)).getDouble(0))
        .isCloseTo(loss(1, x), close(type, 1));
  }

  private static double loss(double a, double x) {
    return Math.max(a, 0) - a * x + Math.log1p(Math.exp(-Math.abs(a)));
  }

  private static void assertCells(INDArray cells, DataType type, DoubleUnaryOperator expected) {
    for (int i = 0; i < A.length; i++) {
      double cell = expected.applyAsDouble(A[i]);
      assertThat(cells.getDouble(i)).as("a = %s", A[i]).isCloseTo(cell, close(type, cell));
    }
  }

  /** Gradients have the 11 bits of HALF; losses are taken in FLOAT. */
  private static Offset<Double> close(DataType type, double expected) {
    double relative = type == DataType.DOUBLE ? 1e-14 : type == DataType.FLOAT ? 1e-6 : 1e-3;
    return within(relative * Math.max(1, Math.abs(expected)));
  }

  private static DenoisingAutoEncoderLayer computed(DataType type, double x, double... a) {
    DenoisingAutoEncoderLayer layer = layer(type, a);
    layer.setInput(input(type, a.length, x), LayerWorkspaceMgr.noWorkspaces());
    layer.computeGradientAndScore(LayerWorkspaceMgr.noWorkspaces());
    return layer;
  }

  private static INDArray input(DataType type, long features, double x) {
    return Nd4j.valueArrayOf(new long[] {1, features}, x, type);
  }

  private static DenoisingAutoEncoderLayer layer(DataType type, double... a) {
    NeuralNetConfiguration.Builder settings = Small.settings().dataType(type);
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            settings
                .list()
                .layer(new DenoisingAutoEncoder.Builder().nIn(a.length).nOut(1).build())
                .layer(Small.output(1))
                .build());
    net.init();
    net.initGradientsView();
    DenoisingAutoEncoderLayer layer = Small.layerOf(net);
    layer.getParam("W").assign(0);
    layer.getParam("vb").assign(Nd4j.createFromArray(a).castTo(type));
    return layer;
  }
}
