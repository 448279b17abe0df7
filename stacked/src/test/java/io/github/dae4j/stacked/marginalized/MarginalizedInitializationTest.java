package io.github.dae4j.stacked.marginalized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.layer.DenoisingAutoEncoderLayer;
import io.github.dae4j.stacked.PretrainableNetwork;
import java.util.Arrays;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class MarginalizedInitializationTest {

  private static final int WIDTH = 6;

  private final INDArray x = Nd4j.createFromArray(Rows.correlated(200, WIDTH)).divi(2);
  private final MarginalizedMasking masking = new MarginalizedMasking(0.3, 0);
  private final MarginalizedInitialization start = new MarginalizedInitialization(masking, 1);

  /** With as many units as features, and more, the rank is full: nothing is lost. */
  @ParameterizedTest
  @CsvSource({"6, false", "9, false"})
  void aLinearLayerStartsAtTheClosedForm(int nOut, boolean tied) {
    DenoisingAutoEncoderLayer layer =
        layer(nOut, tied, Activation.IDENTITY, Activation.IDENTITY, LossFunction.MSE);
    start.apply(layer, Rows.minibatches(x, 50));
    INDArray expected = masking.fit(Rows.minibatches(x, 50)).reconstruct(x);
    assertThat(values(layer.reconstruct(x.castTo(layer.getParam("W").dataType()))))
        .containsExactly(values(expected), within(1e-5));
  }

  /** Without corruption that is the projection on the principal components. */
  @Test
  void fewUnitsKeepTheMostVariance() {
    DenoisingAutoEncoderLayer layer =
        layer(2, false, Activation.IDENTITY, Activation.IDENTITY, LossFunction.MSE);
    new MarginalizedInitialization(new MarginalizedMasking(0, 0), 1)
        .apply(layer, Rows.minibatches(x, 50));
    INDArray lost = layer.reconstruct(x.castTo(layer.getParam("W").dataType())).rsub(x);
    double[] variances =
        new EigenDecomposition(new Covariance(x.toDoubleMatrix(), false).getCovarianceMatrix())
            .getRealEigenvalues(); // the largest first
    assertThat(lost.mul(lost).sum(1).meanNumber().doubleValue())
        .isCloseTo(Arrays.stream(variances).skip(2).sum(), within(1e-5));
  }

  /** Without corruption and with orthonormal directions the tied decoder is the right one. */
  @Test
  void aTiedLinearLayerWithoutCorruptionReconstructsAll() {
    DenoisingAutoEncoderLayer layer =
        layer(WIDTH, true, Activation.IDENTITY, Activation.IDENTITY, LossFunction.MSE);
    new MarginalizedInitialization(new MarginalizedMasking(0, 0), 1)
        .apply(layer, Rows.minibatches(x.div(100), 50)); // small: the units are not held back
    INDArray small = x.div(100).castTo(layer.getParam("W").dataType());
    assertThat(values(layer.reconstruct(small))).containsExactly(values(small), within(1e-5));
  }

  @ParameterizedTest
  @CsvSource({"SIGMOID, 2", "TANH, 0.5"})
  void unitsStayInTheLinearRange(Activation activation, double most) {
    DenoisingAutoEncoderLayer layer =
        layer(3, false, activation, Activation.SIGMOID, LossFunction.XENT);
    start.apply(layer, Rows.minibatches(x, 50));
    INDArray corrupted =
        new MaskingCorruption(0.3)
            .corrupt(x, Nd4j.getRandomFactory().getNewRandomInstance(5), 0, 0)
            .values()
            .castTo(layer.getParam("W").dataType());
    INDArray a = corrupted.mmul(layer.getParam("W")).addiRowVector(layer.getParam("b"));
    double meanSquare = a.mul(a).meanNumber().doubleValue();
    assertThat(Math.sqrt(meanSquare)).isBetween(0.2 * most, 1.1 * most);
  }

  @ParameterizedTest
  @CsvSource({"SIGMOID, true", "SIGMOID, false", "TANH, true", "TANH, false"})
  void startsBelowTheUsualLoss(Activation activation, boolean tied) {
    DenoisingAutoEncoderLayer layer =
        layer(4, tied, activation, Activation.SIGMOID, LossFunction.XENT);
    INDArray input = x.castTo(layer.getParam("W").dataType());
    double usual = layer.reconstructionError(input).meanNumber().doubleValue();
    start.apply(layer, Rows.minibatches(x, 50));
    assertThat(layer.reconstructionError(input).meanNumber().doubleValue())
        .isLessThan(0.98 * usual);
  }

  @Test
  void theSeedGivesTheRotation() {
    double[] first = weights(start);
    assertThat(weights(start)).containsExactly(first);
    assertThat(weights(new MarginalizedInitialization(masking, 2))).isNotEqualTo(first);
  }

  private double[] weights(MarginalizedInitialization initialization) {
    DenoisingAutoEncoderLayer layer =
        layer(3, true, Activation.SIGMOID, Activation.SIGMOID, LossFunction.XENT);
    initialization.apply(layer, Rows.minibatches(x, 50));
    return values(layer.getParam("W"));
  }

  @Test
  void refusesLayersAndDataThatItCannotUse() {
    assertRefused(
        layer(3, true, Activation.RELU, Activation.SIGMOID, LossFunction.XENT),
        x,
        "activation must be sigmoid, tanh or identity, got relu");
    assertRefused(
        layer(3, true, Activation.SIGMOID, Activation.TANH, LossFunction.MSE),
        x,
        "decoderActivation must be sigmoid or identity, got tanh");
    assertRefused(
        layer(3, true, Activation.SIGMOID, Activation.SIGMOID, LossFunction.XENT),
        Nd4j.rand(10, 4),
        "data must be [minibatch, 6] for this layer, got 4 features");
    assertRefused(
        layer(3, true, Activation.SIGMOID, Activation.SIGMOID, LossFunction.XENT),
        Nd4j.ones(10, WIDTH),
        "data must vary, got the same features in each example");
  }

  private void assertRefused(DenoisingAutoEncoderLayer layer, INDArray data, String message) {
    double[] before = values(layer.params());
    assertThatThrownBy(() -> start.apply(layer, Rows.minibatches(data, 10)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("MarginalizedInitialization " + message);
    assertThat(values(layer.params())).containsExactly(before);
  }

  private static DenoisingAutoEncoderLayer layer(
      int nOut, boolean tied, Activation activation, Activation decoder, LossFunction loss) {
    PretrainableNetwork network =
        new PretrainableNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .list()
                .layer(
                    new DenoisingAutoEncoder.Builder()
                        .nIn(WIDTH)
                        .nOut(nOut)
                        .tiedWeights(tied)
                        .activation(activation)
                        .decoderActivation(decoder)
                        .reconstructionLoss(loss)
                        .build())
                .build());
    network.init();
    return (DenoisingAutoEncoderLayer) network.getLayer(0);
  }

  private static double[] values(INDArray array) {
    return array.dup('c').ravel().toDoubleVector();
  }
}
