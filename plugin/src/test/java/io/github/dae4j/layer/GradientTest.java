package io.github.dae4j.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.corruption.MaskingCorruption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.api.OptimizationAlgorithm;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.weightnoise.WeightNoise;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossKLD;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossMSLE;
import org.nd4j.linalg.lossfunctions.impl.LossPoisson;

/** The gradient is the exact derivative of the score, checked numerically in double precision. */
@ExtendWith(InDouble.class)
class GradientTest {

  private static final double EPSILON = 1e-6;
  private static final double MAX_RELATIVE_ERROR = 1e-4;
  private static final double MIN_ABSOLUTE_ERROR = 1e-8;

  static Stream<Arguments> encoders() {
    List<Arguments> all = new ArrayList<>();
    for (Activation encoder : EnumSet.complementOf(EnumSet.of(Activation.RRELU))) {
      for (LossFunction loss :
          List.of(LossFunction.XENT, LossFunction.SQUARED_LOSS, LossFunction.L1)) {
        for (boolean tied : new boolean[] {true, false}) {
          all.add(Arguments.of(encoder, loss, tied, 0, 1));
          all.add(Arguments.of(encoder, loss, tied, 0.4, 1));
          all.add(Arguments.of(encoder, loss, tied, 0.4, 0.25));
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void everyEncoderActivation(
      Activation encoder, LossFunction loss, boolean tied, double level, double beta) {
    assertPretrainGradient(
        layer()
            .activation(encoder)
            .reconstructionLoss(loss)
            .tiedWeights(tied)
            .corruption(new MaskingCorruption(level))
            .emphasis(1, beta));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RRELU")
  void everyDecoderActivation(Activation decoder) {
    for (double beta : new double[] {1, 0.25}) {
      assertPretrainGradient(
          layer()
              .activation(Activation.TANH)
              .decoderActivation(decoder)
              .reconstructionLoss(new LossL2())
              .corruption(new MaskingCorruption(0.4))
              .emphasis(1, beta));
    }
  }

  static Stream<Arguments> losses() {
    INDArray weights = Nd4j.createFromArray(new double[][] {{0.5, 1, 2, 1.5}});
    return Stream.of(
        Arguments.of(Activation.SIGMOID, new LossBinaryXENT(weights)),
        Arguments.of(Activation.HARDSIGMOID, new LossBinaryXENT()),
        Arguments.of(Activation.IDENTITY, new LossL2(weights)),
        Arguments.of(Activation.SIGMOID, new LossMSE()),
        Arguments.of(Activation.SIGMOID, new LossMAE()),
        Arguments.of(Activation.SOFTPLUS, new LossMSLE()),
        Arguments.of(Activation.SIGMOID, new LossKLD()),
        Arguments.of(Activation.SOFTMAX, new LossMCXENT()),
        Arguments.of(Activation.SOFTPLUS, new LossPoisson()));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void everyKindOfLoss(Activation decoder, ILossFunction loss) {
    for (double beta : new double[] {1, 0.25}) {
      assertPretrainGradient(
          layer()
              .decoderActivation(decoder)
              .reconstructionLoss(loss)
              .corruption(new MaskingCorruption(0.4))
              .emphasis(1, beta));
    }
  }

  static Stream<Arguments> extras() {
    List<Consumer<DenoisingAutoEncoder.Builder>> extras =
        List.of(
            layer -> layer.l1(0.1).l2(0.2).l1Bias(0.3).l2Bias(0.4),
            layer -> layer.weightDecay(0.1).weightDecayBias(0.2),
            layer -> layer.dropOut(0.6),
            layer ->
                layer.weightNoise(new WeightNoise(new NormalDistribution(0, 0.1), true, true)));
    return extras.stream()
        .flatMap(extra -> Stream.of(Arguments.of(extra, true), Arguments.of(extra, false)));
  }

  /** Noise is drawn again from the same seed by every evaluation of the check. */
  @ParameterizedTest
  @MethodSource("extras")
  void regularizationInputDropoutAndWeightNoise(
      Consumer<DenoisingAutoEncoder.Builder> extra, boolean tied) {
    DenoisingAutoEncoder.Builder layer =
        layer().tiedWeights(tied).corruption(new MaskingCorruption(0.4));
    extra.accept(layer);
    assertPretrainGradient(layer);
  }

  static Stream<Arguments> masks() {
    double[][] examples = {{1}, {0}, {1}};
    double[][] cells = {{1, 0, 1, 1}, {0, 0, 0, 0}, {1, 1, 1, 0}};
    return Stream.of(examples, cells)
        .flatMap(
            mask ->
                Stream.of(
                    Arguments.of(mask, LossFunction.XENT, 1),
                    Arguments.of(mask, LossFunction.XENT, 0.25),
                    Arguments.of(mask, LossFunction.SQUARED_LOSS, 1),
                    Arguments.of(mask, LossFunction.SQUARED_LOSS, 0.25)));
  }

  @ParameterizedTest
  @MethodSource("masks")
  void masksOfExamplesAndOfCells(double[][] mask, LossFunction loss, double beta) {
    MultiLayerNetwork net =
        network(
            layer()
                .reconstructionLoss(loss)
                .corruption(new MaskingCorruption(0.4))
                .emphasis(1, beta)
                .build());
    net.getLayer(0).setMaskArray(Nd4j.createFromArray(mask));
    assertThat(pretrainGradientPasses(net)).isTrue();
  }

  /** DL4J's own fault, in every layer: the day it is mended, RRELU joins the tests above. */
  @Test
  void randomizedLeakyReluHasAWrongDerivativeInDl4j() {
    INDArray in = Nd4j.createFromArray(-1.0, -2.0).reshape(1, 2);
    IActivation rrelu = Activation.RRELU.getActivationFunction();
    INDArray slope = rrelu.getActivation(in.dup(), true).div(in);
    assertThat(slope.maxNumber().doubleValue()).isLessThan(0.34);
    INDArray derivative = rrelu.backprop(in.dup(), Nd4j.ones(1, 2)).getFirst();
    assertThat(derivative).isEqualTo(Nd4j.ones(1, 2));
  }

  private static DenoisingAutoEncoder.Builder layer() {
    return new DenoisingAutoEncoder.Builder()
        .nIn(4)
        .nOut(3)
        .activation(Activation.SIGMOID)
        .visibleBiasInit(0.1);
  }

  private static void assertPretrainGradient(DenoisingAutoEncoder.Builder layer) {
    assertThat(pretrainGradientPasses(network(layer.build()))).isTrue();
  }

  private static boolean pretrainGradientPasses(MultiLayerNetwork net) {
    net.initGradientsView();
    INDArray x = Nd4j.rand(3, 4).addi(0.1);
    x.diviColumnVector(x.sum(true, 1)); // a distribution, as multi-class cross-entropy needs it
    return GradientCheckUtil.checkGradientsPretrainLayer(
        net.getLayer(0), EPSILON, MAX_RELATIVE_ERROR, MIN_ABSOLUTE_ERROR, false, false, x, 12345);
  }

  private static MultiLayerNetwork network(DenoisingAutoEncoder layer) {
    Nd4j.getRandom().setSeed(7);
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(42)
                .dataType(DataType.DOUBLE)
                .updater(new NoOp())
                .optimizationAlgo(OptimizationAlgorithm.STOCHASTIC_GRADIENT_DESCENT)
                .list()
                .layer(layer)
                .layer(
                    new OutputLayer.Builder()
                        .nIn(3)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .lossFunction(LossFunction.MCXENT)
                        .build())
                .build());
    net.init();
    return net;
  }
}
