package io.github.dae4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** NaN and infinity in the input are errors that name the cell, before anything changes. */
class FiniteInputTest {

  private record Case(String name, DenoisingAutoEncoder.Builder layer, double cell, DataType type) {

    @Override
    public String toString() {
      return "%s, %s, %s".formatted(name, cell, type);
    }
  }

  static Stream<Case> cases() {
    return Stream.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)
        .flatMap(
            cell ->
                Stream.of(DataType.FLOAT, DataType.DOUBLE, DataType.FLOAT16)
                    .flatMap(
                        type ->
                            Stream.of(
                                new Case("L2", squaredError(), cell, type),
                                new Case("mixed columns", numbers(), cell, type),
                                new Case(
                                    "cross-entropy without its range",
                                    Small.layer().inputRangeChecked(false),
                                    cell,
                                    type))));
  }

  static Stream<Case> missing() {
    return Stream.of(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)
        .map(
            cell -> new Case("missing", squaredError().missingAllowed(true), cell, DataType.FLOAT));
  }

  @ParameterizedTest
  @MethodSource({"cases", "missing"})
  void areNamedAndNothingChanges(Case input) {
    MultiLayerNetwork net =
        Small.network(Small.settings().dataType(input.type), input.layer.build());
    DenoisingAutoEncoderLayer layer = Small.layerOf(net);
    double[] before = Small.exact(net.params());
    INDArray x = Small.patterns(10).castTo(input.type);
    x.putScalar(3, 2, input.cell);
    Nd4j.getRandom().setSeed(5);
    long root = Nd4j.getRandom().rootState();
    long node = Nd4j.getRandom().nodeState();

    assertThatThrownBy(() -> net.pretrainLayer(0, x))
        .isInstanceOf(DL4JInvalidInputException.class)
        .hasMessageContaining("DenoisingAutoEncoder input must be finite, got " + input.cell)
        .hasMessageContaining("row 3 of the minibatch, column 2");

    assertThat(Small.exact(net.params())).containsExactly(before);
    assertThat(layer.conf().getIterationCount()).isZero();
    assertThat(Nd4j.getRandom().rootState()).isEqualTo(root);
    assertThat(Nd4j.getRandom().nodeState()).isEqualTo(node);
    net.pretrainLayer(0, Small.patterns(10).castTo(input.type));
    assertThat(Small.exact(net.params())).isNotEqualTo(before).doesNotContain(Double.NaN);
  }

  private static DenoisingAutoEncoder.Builder squaredError() {
    return Small.layer().reconstructionLoss(LossFunction.L2).decoderActivation(Activation.IDENTITY);
  }

  private static DenoisingAutoEncoder.Builder numbers() {
    return squaredError()
        .reconstructionLoss(new MixedColumnsLoss(ColumnBlock.numeric(Small.WIDTH)));
  }
}
