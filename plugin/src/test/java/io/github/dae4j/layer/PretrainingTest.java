package io.github.dae4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.corruption.NoCorruption;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.utilty.SingletonMultiDataSetIterator;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.conf.weightnoise.WeightNoise;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaBelief;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/** What one pretraining step does, and how every setting of DL4J takes part in it. */
class PretrainingTest {

  private static final int ROWS = 20;

  /** Every updater of {@code org.nd4j.linalg.learning.config} but AdaBelief. */
  static Stream<IUpdater> updaters() {
    return Stream.of(
        new AdaDelta(),
        new AdaGrad(0.1),
        new AdaMax(0.01),
        new Adam(0.01),
        new AMSGrad(0.01),
        new Nadam(0.01),
        new Nesterovs(0.1, 0.9),
        new NoOp(), // leaves the gradient as it is, which is Sgd(1)
        new RmsProp(0.01),
        new Sgd(0.1));
  }

  @ParameterizedTest
  @MethodSource("updaters")
  void everyUpdaterLowersTheError(IUpdater updater) {
    assertErrorFalls(Small.network(Small.settings().updater(updater), Small.layer().build()));
  }

  /** A fault of M2.1: it reads a second dimension of an array that it has just made rank 1. */
  @Test
  void adaBeliefTrainsNoNetworkOfDl4j() {
    MultiLayerNetwork net =
        Small.network(Small.settings().updater(new AdaBelief(0.01)), Small.dense());
    assertThatThrownBy(() -> net.fit(Small.data(ROWS)))
        .isInstanceOf(ArrayIndexOutOfBoundsException.class)
        .hasMessage("Index 1 out of bounds for length 1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void tiedAndUntiedWeightsLowerTheError(boolean tied) {
    assertErrorFalls(Small.network(Small.layer().tiedWeights(tied)));
  }

  @Test
  void squaredErrorFalls() {
    assertErrorFalls(Small.network(Small.layer().reconstructionLoss(new LossL2())));
  }

  @Test
  void dropConnectLowersTheError() {
    assertErrorFalls(Small.network(Small.layer().weightNoise(new DropConnect(0.8))));
  }

  @Test
  void weightNoiseLowersTheErrorAndLeavesNoNoiseBehind() {
    WeightNoise noise = new WeightNoise(new NormalDistribution(0, 0.1));
    MultiLayerNetwork net = Small.network(Small.layer().weightNoise(noise));
    assertErrorFalls(net);
    INDArray x = Small.patterns(ROWS);
    assertThat(Small.layerOf(net).encode(x)).isEqualTo(Small.layerOf(net).encode(x));
  }

  @Test
  void inputDropoutLowersTheError() {
    assertErrorFalls(Small.network(Small.layer().dropOut(0.8)));
  }

  /** With vb = 5 the reconstruction of a row of ones is near to one, and far from zero. */
  @Test
  void inputDropoutIsNeverOnTheTarget() {
    MultiLayerNetwork net = Small.network(Small.layer().dropOut(new DropAll()).visibleBiasInit(5));
    DenoisingAutoEncoderLayer layer = Small.layerOf(net);
    layer.getParam("W").assign(0);
    net.pretrainLayer(0, Nd4j.ones(ROWS, Small.WIDTH));
    assertThat(layer.score()).isCloseTo(Small.WIDTH * Math.log1p(Math.exp(-5)), within(1e-5));
  }

  @Test
  void inputDropoutIsOnTheCodesInput() {
    MultiLayerNetwork net = Small.network(Small.layer().dropOut(new DropAll()));
    Small.layerOf(net).getParam("W").assign(1);
    net.pretrainLayer(0, Small.patterns(ROWS));
    double code = 0.5; // sigmoid(0), so that the decoder sees 8 * 0.5
    double a = Small.CODE * code;
    double expected =
        Small.WIDTH * Math.log1p(Math.exp(a))
            - a * Small.patterns(ROWS).sum(1).meanNumber().doubleValue();
    assertThat(Small.layerOf(net).score()).isCloseTo(expected, within(1e-4));
  }

  @Test
  void theCallersMinibatchIsNotModified() {
    INDArray x = Small.patterns(ROWS);
    double[] before = Small.exact(x);
    Small.pretrain(Small.network(Small.layer().dropOut(0.5)), x, 3);
    assertThat(Small.exact(x)).containsExactly(before);
  }

  @ParameterizedTest
  @EnumSource(GradientNormalization.class)
  void gradientsAreNormalizedOrClipped(GradientNormalization how) {
    MultiLayerNetwork net =
        plain(
            b ->
                b.updater(new Sgd(1))
                    .gradientNormalization(how)
                    .gradientNormalizationThreshold(0.01));
    Map<String, INDArray> before = Small.layerOf(net).clone().paramTable();
    net.pretrainLayer(0, Small.patterns(ROWS));
    INDArray w = step(net, before, "W");
    INDArray b = step(net, before, "b");
    INDArray vb = step(net, before, "vb");
    INDArray all =
        Nd4j.concat(0, Nd4j.toFlattened('f', w), Nd4j.toFlattened(b), Nd4j.toFlattened(vb));
    switch (how) {
      case RenormalizeL2PerLayer -> assertThat(norm(all)).isCloseTo(1, within(1e-4));
      case RenormalizeL2PerParamType ->
          assertThat(List.of(norm(w), norm(b), norm(vb)))
              .allSatisfy(norm -> assertThat(norm).isCloseTo(1, within(1e-4)));
      case ClipElementWiseAbsoluteValue ->
          assertThat(all.amaxNumber().doubleValue()).isCloseTo(0.01, within(1e-6));
      case ClipL2PerLayer -> assertThat(norm(all)).isCloseTo(0.01, within(1e-6));
      case ClipL2PerParamType ->
          assertThat(List.of(norm(w), norm(vb)))
              .allSatisfy(norm -> assertThat(norm).isCloseTo(0.01, within(1e-6)));
      default -> assertThat(norm(all)).isGreaterThan(0.1);
    }
  }

  private static INDArray step(MultiLayerNetwork net, Map<String, INDArray> before, String key) {
    return Small.layerOf(net).getParam(key).sub(before.get(key));
  }

  private static double norm(INDArray array) {
    return array.norm2Number().doubleValue();
  }

  @Test
  void constraintsHoldForTheDecoderToo() {
    MultiLayerNetwork net =
        Small.network(
            Small.layer()
                .constrainAllParameters(new NonNegativeConstraint())
                .tiedWeights(false)
                .visibleBiasInit(-1));
    net.pretrainLayer(0, Small.patterns(ROWS));
    assertThat(Small.layerOf(net).paramTable().values())
        .hasSize(4)
        .allSatisfy(param -> assertThat(param.minNumber().doubleValue()).isNotNegative());
  }

  /** A fault of M2.1: {@code LayerValidation} loops over the list that it is to fill. */
  @Test
  void dl4jIgnoresConstraintsOnAllParametersOfANetwork() {
    MultiLayerNetwork net =
        Small.network(
            Small.settings().constrainAllParameters(new NonNegativeConstraint()), Small.dense());
    assertThat(net.getLayer(0).conf().getLayer().getConstraints()).isNull();
  }

  @Test
  void theScoreHasTheRegularizationOfAllParameters() {
    UnaryOperator<NeuralNetConfiguration.Builder> l2 = b -> b.l2(0.1).l2Bias(0.2).l1(0.3);
    MultiLayerNetwork with = plain(l2);
    MultiLayerNetwork without = plain(b -> b);
    for (MultiLayerNetwork net : List.of(with, without)) {
      Small.layerOf(net).getParam("vb").assign(0.7);
    }
    without.setParams(with.params().dup());
    INDArray w = with.getParam("0_W").dup();
    with.pretrainLayer(0, Small.patterns(ROWS));
    without.pretrainLayer(0, Small.patterns(ROWS));
    double expected =
        0.1 / 2 * Math.pow(norm(w), 2)
            + 0.3 * w.norm1Number().doubleValue()
            + 0.2 / 2 * Small.WIDTH * 0.7 * 0.7;
    assertThat(Small.layerOf(with).score() - Small.layerOf(without).score())
        .isCloseTo(expected, within(1e-4));
  }

  @Test
  void weightDecayShrinksTheWeights() {
    MultiLayerNetwork with = plain(b -> b.weightDecay(0.5));
    MultiLayerNetwork without = plain(b -> b);
    Small.pretrain(with, Small.patterns(ROWS), 20);
    Small.pretrain(without, Small.patterns(ROWS), 20);
    assertThat(norm(with.getParam("0_W"))).isLessThan(norm(without.getParam("0_W")));
  }

  @Test
  void aMaskedExampleTeachesNothing() {
    INDArray x = Small.patterns(2);
    INDArray first = x.getRows(0);
    MultiLayerNetwork masked = plain(b -> b.updater(new Sgd(1)));
    MultiLayerNetwork half = plain(b -> b.updater(new Sgd(0.5))); // the mean is over 2 rows
    Small.layerOf(masked).setMaskArray(Nd4j.createFromArray(1f, 0f).reshape(2, 1));
    masked.pretrainLayer(0, x);
    half.pretrainLayer(0, first);
    assertThat(masked.params()).isEqualTo(half.params());
  }

  @Test
  void aGraphPretrainsWithTheMaskOfItsData() {
    INDArray mask = Nd4j.ones(ROWS, 1);
    mask.putScalar(0, 0, 0);
    DataSet data = new DataSet(Small.patterns(ROWS), Small.labels(ROWS), mask, null);
    ComputationGraph graph = Small.graph(Small.settings(), plainLayer().build());
    graph.pretrain(new SingletonMultiDataSetIterator(data.toMultiDataSet()));

    MultiLayerNetwork net = plain(b -> b);
    Small.layerOf(net).setMaskArray(mask);
    net.pretrainLayer(0, Small.patterns(ROWS));
    assertThat(Small.layerOf(graph).params()).isEqualTo(Small.layerOf(net).params());
  }

  @ParameterizedTest
  @EnumSource(WorkspaceMode.class)
  void aNetworkPretrainsAsTheLayerAloneDoes(WorkspaceMode mode) {
    MultiLayerNetwork net =
        Small.network(
            Small.settings().updater(new Adam(0.01)).trainingWorkspaceMode(mode),
            Small.layer().tiedWeights(false).build());
    DenoisingAutoEncoderLayer alone = Small.layerOf(net).clone();
    alone.setBackpropGradientsViewArray(Nd4j.zeros(1, alone.numParams()));
    INDArray x = Small.patterns(ROWS);

    Nd4j.getRandom().setSeed(3);
    Small.pretrain(net, x, 20);
    Nd4j.getRandom().setSeed(3);
    for (int step = 0; step < 20; step++) {
      alone.fit(x, LayerWorkspaceMgr.noWorkspaces());
    }

    assertThat(Small.exact(Small.layerOf(net).params()))
        .containsExactly(Small.exact(alone.params()));
  }

  @Test
  void workspacesMakeNoDifference() {
    double[] with = pretrained(WorkspaceMode.ENABLED);
    assertThat(pretrained(WorkspaceMode.NONE)).containsExactly(with);
  }

  private static double[] pretrained(WorkspaceMode mode) {
    MultiLayerNetwork net =
        Small.network(
            Small.settings().trainingWorkspaceMode(mode).inferenceWorkspaceMode(mode),
            Small.layer()
                .dropOut(0.9)
                .weightNoise(new WeightNoise(new NormalDistribution(0, 0.01)))
                .emphasis(1, 0.5)
                .build());
    INDArray x = Small.patterns(ROWS);
    Nd4j.getRandom().setSeed(3);
    Small.pretrain(net, x, 20);
    return Small.exact(net.params());
  }

  @Test
  void nothingOfAWorkspaceIsKept() {
    MultiLayerNetwork net = Small.network(Small.layer().dropOut(0.5));
    net.pretrainLayer(0, Small.patterns(ROWS));
    DenoisingAutoEncoderLayer layer = Small.layerOf(net);
    assertThat(layer.input().isAttached()).isFalse();
    assertThat(((Dropout) layer.layerConf().getIDropout()).getMask()).isNull();
    assertThat(layer.paramTable().values()).noneMatch(INDArray::isAttached);
    assertThat(layer.gradient().gradientForVariable().values()).noneMatch(INDArray::isAttached);
    assertThat(Nd4j.getMemoryManager().getCurrentWorkspace()).isNull();
  }

  @Test
  void workspacesStopGrowing() {
    MultiLayerNetwork net = Small.network(Small.layer().dropOut(0.5).emphasis(1, 0.5));
    INDArray x = Small.patterns(ROWS);
    Small.pretrain(net, x, 20);
    long before = workspaceBytes();
    Small.pretrain(net, x, 300);
    assertThat(workspaceBytes()).isEqualTo(before);
  }

  private static long workspaceBytes() {
    return Nd4j.getWorkspaceManager().getAllWorkspacesForCurrentThread().stream()
        .mapToLong(MemoryWorkspace::getCurrentSize)
        .sum();
  }

  @Test
  void inputOutsideTheUnitIntervalIsAnErrorUnderCrossEntropy() {
    assertThatThrownBy(
            () -> Small.network(Small.layer()).pretrainLayer(0, Small.patterns(4).muli(3)))
        .isInstanceOf(DL4JInvalidInputException.class)
        .hasMessageStartingWith(
            "DenoisingAutoEncoder input must be in [0, 1] for binary cross-entropy, got values"
                + " from ")
        .hasMessageContaining(" to 2.699999")
        .hasMessageContaining(
            "; scale it, or use squared error (LossL2) with a linear decoder (layer name: ");
  }

  @Test
  void theRangeCheckCanBeSwitchedOff() {
    MultiLayerNetwork net = Small.network(Small.layer().inputRangeChecked(false));
    net.pretrainLayer(0, Small.patterns(4).muli(3));
    assertThat(Small.layerOf(net).score()).isFinite();
  }

  @Test
  void anyRangeGoesWithSquaredError() {
    MultiLayerNetwork net = Small.network(Small.layer().reconstructionLoss(new LossL2()));
    net.pretrainLayer(0, Small.patterns(4).muli(3));
    assertThat(Small.layerOf(net).score()).isFinite();
  }

  @Test
  void inputThatIsNotANumberIsAnError() {
    INDArray x = Small.patterns(4);
    x.putScalar(2, 3, Double.NaN);
    MultiLayerNetwork net = Small.network(Small.layer());
    assertThatThrownBy(() -> net.pretrainLayer(0, x))
        .isInstanceOf(DL4JInvalidInputException.class)
        .hasMessageContaining("must be in [0, 1] for binary cross-entropy, got NaN;");
  }

  private static void assertErrorFalls(MultiLayerNetwork net) {
    INDArray x = Small.patterns(ROWS);
    double before = Small.error(Small.layerOf(net), x);
    Small.pretrain(net, x, 100);
    assertThat(Small.error(Small.layerOf(net), x)).isLessThan(before);
  }

  private static DenoisingAutoEncoder.Builder plainLayer() {
    return Small.layer().corruption(new NoCorruption());
  }

  private static MultiLayerNetwork plain(UnaryOperator<NeuralNetConfiguration.Builder> settings) {
    return Small.network(settings.apply(Small.settings()), plainLayer().build());
  }

  private static class DropAll implements IDropout {

    private static final long serialVersionUID = 1L;

    @Override
    public INDArray applyDropout(
        INDArray in, INDArray out, int iteration, int epoch, LayerWorkspaceMgr workspaceMgr) {
      return out.assign(0);
    }

    @Override
    public INDArray backprop(INDArray gradOut, INDArray gradIn, int iteration, int epoch) {
      return gradIn.assign(0);
    }

    @Override
    public void clear() {}

    @Override
    public IDropout clone() {
      return this;
    }
  }
}
