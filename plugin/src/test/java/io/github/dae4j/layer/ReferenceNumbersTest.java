package io.github.dae4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.corruption.Corrupted;
import io.github.dae4j.corruption.Corruption;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Properties;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/**
 * Score and gradients of a tiny layer with emphasis, against numbers that NumPy computed from the
 * definitions alone, derivatives included: see {@code src/test/python/reference_numbers.py}.
 */
@ExtendWith(InDouble.class)
class ReferenceNumbersTest {

  private static final Properties REFERENCE = new Properties();

  @BeforeAll
  static void read() throws IOException {
    try (InputStream in = ReferenceNumbersTest.class.getResourceAsStream("reference.properties")) {
      REFERENCE.load(in);
    }
  }

  static Stream<Arguments> cases() {
    return Stream.of(
        Arguments.of("crossEntropy.tied", crossEntropy().tiedWeights(true)),
        Arguments.of("crossEntropy.untied", crossEntropy().tiedWeights(false)),
        Arguments.of("squaredError.tied", squaredError().tiedWeights(true)),
        Arguments.of("squaredError.untied", squaredError().tiedWeights(false)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void theScoreIsTheWeightedLoss(String name, DenoisingAutoEncoder.Builder layer) {
    assertThat(computed(layer).score()).isCloseTo(numbers(name + ".score")[0], within(1e-12));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void theGradientIsItsDerivative(String name, DenoisingAutoEncoder.Builder layer) {
    computed(layer)
        .gradient()
        .gradientForVariable()
        .forEach(
            (key, gradient) ->
                assertThat(Small.exact(gradient))
                    .as(key)
                    .containsExactly(numbers(name + "." + key), within(1e-12)));
  }

  private static DenoisingAutoEncoder.Builder crossEntropy() {
    return tiny(new LossBinaryXENT(), Activation.SIGMOID, Activation.SIGMOID);
  }

  private static DenoisingAutoEncoder.Builder squaredError() {
    return tiny(new LossL2(), Activation.TANH, Activation.IDENTITY);
  }

  private static DenoisingAutoEncoder.Builder tiny(
      ILossFunction loss, Activation encoder, Activation decoder) {
    return new DenoisingAutoEncoder.Builder()
        .nIn(3)
        .nOut(2)
        .activation(encoder)
        .decoderActivation(decoder)
        .reconstructionLoss(loss);
  }

  private static DenoisingAutoEncoderLayer computed(DenoisingAutoEncoder.Builder builder) {
    double[] emphasis = numbers("emphasis");
    DenoisingAutoEncoder conf =
        builder.corruption(new Given()).emphasis(emphasis[0], emphasis[1]).build();
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            Small.settings()
                .dataType(DataType.DOUBLE)
                .list()
                .layer(conf)
                .layer(Small.output(2))
                .build());
    net.init();
    net.initGradientsView();
    DenoisingAutoEncoderLayer layer = Small.layerOf(net);
    layer.paramTable().forEach((key, param) -> param.assign(matrix(key, param.shape())));
    layer.setInput(matrix("x", 3, 3), LayerWorkspaceMgr.noWorkspaces());
    layer.computeGradientAndScore(LayerWorkspaceMgr.noWorkspaces());
    return layer;
  }

  private static double[] numbers(String key) {
    return Arrays.stream(REFERENCE.getProperty(key).split(", "))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  private static INDArray matrix(String key, long... shape) {
    return Nd4j.createFromArray(numbers(key)).reshape('c', shape);
  }

  /** Corrupts the reference input as the reference says. */
  private record Given() implements Corruption {
    @Override
    public Corrupted corrupt(INDArray clean, Random random, int iteration, int epoch) {
      return new Corrupted(matrix("corrupted", 3, 3), matrix("touched", 3, 3));
    }
  }
}
