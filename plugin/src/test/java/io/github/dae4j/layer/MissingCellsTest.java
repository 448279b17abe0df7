package io.github.dae4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.corruption.GaussianCorruption;
import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.corruption.NoCorruption;
import io.github.dae4j.corruption.SwapCorruption;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/** NaN as a missing cell: as 0 to the encoder, as nothing to the loss. */
@ExtendWith(InDouble.class)
class MissingCellsTest {

  private static final int ROWS = 5;
  private static final LayerWorkspaceMgr NONE = LayerWorkspaceMgr.noWorkspaces();

  /** Patterns with holes; the last row has nothing else. */
  static INDArray holed() {
    INDArray x = Small.patterns(ROWS);
    for (int column : new int[] {0, 4, 7}) {
      x.putScalar(1, column, Double.NaN);
    }
    x.putScalar(2, 11, Double.NaN);
    x.getRow(ROWS - 1).assign(Double.NaN);
    return x;
  }

  static INDArray filled(double value) {
    return Imputation.fill(holed(), Nd4j.valueArrayOf(new long[] {ROWS, Small.WIDTH}, value));
  }

  static INDArray observed() {
    return holed().isNaN().castTo(DataType.DOUBLE).rsubi(1);
  }

  static Stream<Arguments> layers() {
    List<UnaryOperator<DenoisingAutoEncoder.Builder>> layers =
        List.of(
            layer -> layer,
            layer -> layer.corruption(new GaussianCorruption(0.3)),
            layer -> layer.corruption(new SwapCorruption(0.4)),
            layer -> layer.corruption(new MaskingCorruption(0.4, 0.5)).emphasis(1, 0.5),
            layer -> layer.contraction(0.3).sparsity(0.2, 0.3),
            layer -> layer.dropOut(0.7),
            layer -> layer.decoderActivation(Activation.IDENTITY).reconstructionLoss(mixed()),
            layer ->
                layer
                    .activation(Activation.TANH)
                    .decoderActivation(Activation.IDENTITY)
                    .reconstructionLoss(new LossL2()));
    return layers.stream()
        .flatMap(layer -> Stream.of(Arguments.of(layer, true), Arguments.of(layer, false)));
  }

  private static MixedColumnsLoss mixed() {
    return new MixedColumnsLoss(
        List.of(
            new ColumnBlock(ColumnBlock.Kind.NUMERIC, 4),
            new ColumnBlock(ColumnBlock.Kind.CATEGORICAL, 5),
            new ColumnBlock(ColumnBlock.Kind.BINARY, 3)));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void theGradientIsThatOfTheScore(
      UnaryOperator<DenoisingAutoEncoder.Builder> change, boolean tied) {
    MultiLayerNetwork net = network(change.apply(missing()).tiedWeights(tied), new NoOp());
    net.initGradientsView();
    assertThat(
            GradientCheckUtil.checkGradientsPretrainLayer(
                net.getLayer(0), 1e-6, 1e-4, 1e-8, false, false, holed(), 12345))
        .isTrue();
  }

  /** What an unobserved cell had been cannot matter: the reconstruction is that of zeros. */
  @Test
  void theScoreIsTheLossOfObservedCells() {
    MultiLayerNetwork net = network(missing().corruption(new NoCorruption()), new NoOp());
    INDArray z = Small.layerOf(net).reconstruct(filled(0));
    double sum = 0;
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < Small.WIDTH; column++) {
        double x = holed().getDouble(row, column);
        double p = z.getDouble(row, column);
        sum -= Double.isNaN(x) ? 0 : x * Math.log(p) + (1 - x) * Math.log(1 - p);
      }
    }
    assertThat(score(net, holed())).isCloseTo(sum / ROWS, within(1e-9));
    assertThat(Small.error(Small.layerOf(net), holed())).isCloseTo(sum / ROWS, within(1e-9));
  }

  @Test
  void missingCellsHaveNoErrorAndTheRowsOfTheOthersAreTheirSum() {
    DenoisingAutoEncoderLayer layer = Small.layerOf(network(missing(), new NoOp()));
    INDArray cells = layer.reconstructionErrorPerFeature(holed());
    INDArray unmasked = layer.reconstructionErrorPerFeature(filled(0));
    assertThat(cells).isEqualTo(unmasked.mul(observed()));
    assertThat(layer.reconstructionError(holed())).isEqualTo(cells.sum(1));
    assertThat(layer.reconstructionError(holed()).getDouble(ROWS - 1)).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE", "HALF"})
  void toEncoderAndNetworkTheyAreZero(DataType type) {
    MultiLayerNetwork net = network(Small.settings().dataType(type).updater(new NoOp()), missing());
    INDArray x = holed().castTo(type);
    INDArray zeros = filled(0).castTo(type);
    assertThat(Small.layerOf(net).encode(x)).isEqualTo(Small.layerOf(net).encode(zeros));
    assertThat(net.output(x)).isEqualTo(net.output(zeros));
    assertThat(net.feedForward(x, true).get(1)).isEqualTo(net.feedForward(zeros, true).get(1));
    assertThat(x.isNaN().castTo(DataType.INT32).sumNumber().intValue())
        .as("the caller's array is left alone")
        .isEqualTo(4 + Small.WIDTH);
  }

  @Test
  void aViewOfTheCallersIsReadAsItLies() {
    MultiLayerNetwork net = network(missing(), new NoOp());
    INDArray columnMajor = holed().dup('f');
    INDArray below =
        Nd4j.vstack(holed(), holed()).get(range(ROWS, 2 * ROWS), range(0, Small.WIDTH));
    INDArray expected = Small.layerOf(net).reconstructionError(holed());
    assertThat(Small.layerOf(net).reconstructionError(columnMajor)).isEqualTo(expected);
    assertThat(Small.layerOf(net).reconstructionError(below)).isEqualTo(expected);
    assertThat(Small.layerOf(net).impute(columnMajor)).isEqualTo(Small.layerOf(net).impute(below));
  }

  private static INDArrayIndex range(long from, long to) {
    return NDArrayIndex.interval(from, to);
  }

  static Stream<Corruption> corruptions() {
    return Stream.of(
        new NoCorruption(), new MaskingCorruption(0.3, 0.5), new GaussianCorruption(0.1));
  }

  /** In FLOAT by the solver, with steps in place. */
  @ParameterizedTest
  @MethodSource("corruptions")
  void pretrainingLearnsFromWhatIsThere(Corruption corruption) {
    MultiLayerNetwork net =
        network(
            Small.settings().dataType(DataType.FLOAT).updater(new Sgd(0.2)),
            missing().corruption(corruption));
    INDArray x = holed().castTo(DataType.FLOAT);
    double before = Small.error(Small.layerOf(net), x);
    Small.pretrain(net, x, 100);
    assertThat(Small.error(Small.layerOf(net), x)).isLessThan(0.6 * before);
    assertThat(net.params().isNaN().any()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("corruptions")
  void corruptionLeavesThemAtZero(Corruption corruption) {
    DenoisingAutoEncoderLayer layer =
        Small.layerOf(network(missing().corruption(corruption), new NoOp()));
    INDArray corrupted = layer.corrupt(holed(), Nd4j.getRandom());
    assertThat(Small.exact(corrupted.mul(observed()))).containsExactly(Small.exact(corrupted));
    assertThat(Small.exact(holed().isNaN())).contains(1);
  }

  @Test
  void fineTuningTakesThemAsZeros() {
    MultiLayerNetwork net = network(missing(), new Sgd(0.1));
    MultiLayerNetwork zeros = network(Small.layer(), new Sgd(0.1));
    net.fit(new DataSet(holed(), Small.labels(ROWS)));
    zeros.fit(new DataSet(filled(0), Small.labels(ROWS)));
    assertThat(Small.exact(net.params())).containsExactly(Small.exact(zeros.params()));
  }

  /** The layer's input is replaced in the forward pass, its holes are remembered. */
  @Test
  void aJointLossLeavesThemOut() {
    MultiLayerNetwork net = network(missing().denoisingWeight(0.5), new Sgd(0.1));
    Nd4j.getRandom().setSeed(5);
    double expected = score(net, holed());
    Nd4j.getRandom().setSeed(5);
    net.fit(new DataSet(holed(), Small.labels(ROWS)));
    assertThat(net.getLayer(0).score()).isEqualTo(expected);
  }

  @Test
  void completeRowsAreTrainedAsEver() {
    MultiLayerNetwork net = network(missing(), new Sgd(0.1));
    MultiLayerNetwork plain = network(Small.layer(), new Sgd(0.1));
    for (INDArray x : new INDArray[] {holed(), Small.patterns(ROWS)}) {
      net.getLayer(0).setInput(x, NONE); // holes of the input before must be forgotten
    }
    Small.pretrain(net, Small.patterns(ROWS), 3);
    Small.pretrain(plain, Small.patterns(ROWS), 3);
    assertThat(Small.exact(net.params())).containsExactly(Small.exact(plain.params()));
  }

  /** Not with pre-outputs, which its reconstruction has. */
  @Test
  void mixedColumnsAreFilledWithWhatIsToBeExpected() {
    DenoisingAutoEncoderLayer layer =
        Small.layerOf(
            network(
                missing().decoderActivation(Activation.IDENTITY).reconstructionLoss(mixed()),
                new NoOp()));
    INDArray expected = mixed().expected(layer.reconstruct(filled(0)));
    assertThat(layer.impute(holed(), 1)).isEqualTo(Imputation.fill(holed(), expected));
  }

  @Test
  void unlessAllowedTheyAreAnError() {
    MultiLayerNetwork net = network(Small.layer(), new NoOp());
    assertThatThrownBy(() -> net.pretrainLayer(0, holed()))
        .isInstanceOf(DL4JInvalidInputException.class)
        .hasMessageContaining("input must be in [0, 1] for binary cross-entropy, got NaN");
  }

  @Test
  void whatIsThereMustBeInRangeStill() {
    MultiLayerNetwork net = network(missing(), new NoOp());
    assertThatThrownBy(() -> net.pretrainLayer(0, holed().muli(2)))
        .isInstanceOf(DL4JInvalidInputException.class)
        .hasMessageContaining("input must be in [0, 1] for binary cross-entropy, got values from");
  }

  private static double score(MultiLayerNetwork net, INDArray x) {
    net.initGradientsView();
    net.getLayer(0).setInput(x, NONE);
    net.getLayer(0).computeGradientAndScore(NONE);
    return net.getLayer(0).score();
  }

  private static DenoisingAutoEncoder.Builder missing() {
    return Small.layer().missingAllowed(true);
  }

  private static MultiLayerNetwork network(DenoisingAutoEncoder.Builder layer, IUpdater updater) {
    return network(Small.settings().dataType(DataType.DOUBLE).updater(updater), layer);
  }

  private static MultiLayerNetwork network(
      NeuralNetConfiguration.Builder settings, DenoisingAutoEncoder.Builder layer) {
    return Small.network(settings, layer.build());
  }
}
