package io.github.dae4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.corruption.ColumnGroups;
import io.github.dae4j.corruption.NoCorruption;
import io.github.dae4j.corruption.SwapCorruption;
import java.util.Random;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Fused steps under {@link MixedColumnsLoss} beside ND4J's operations. */
class MixedColumnsStepTest {

  private static final MixedColumnsLoss LOSS =
      new MixedColumnsLoss(
          ColumnBlock.categorical(4),
          ColumnBlock.numeric(3),
          ColumnBlock.binary(2),
          ColumnBlock.categorical(2),
          ColumnBlock.numeric(1));

  private static final ColumnGroups GROUPS = ColumnGroups.ofWidths(4, 1, 1, 1, 1, 1, 2, 1);

  private static final Activation[] ACTIVATIONS = {
    Activation.RELU, Activation.TANH, Activation.IDENTITY, Activation.SIGMOID
  };

  /** In DOUBLE a step goes by operations; 300 rows are two blocks of the fused kernels. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void scoreAndGradientAreThoseOfOperations(long seed) {
    Random random = new Random(seed);
    int rows = new int[] {1, 7, 300}[(int) seed % 3];
    boolean emphasized = random.nextBoolean();
    DenoisingAutoEncoder.Builder layer =
        layer(random)
            .missingAllowed(true)
            .corruption(new NoCorruption())
            .emphasis(1, emphasized ? 0.5 : 1);
    MultiLayerNetwork inFloat = network(layer, DataType.FLOAT);
    MultiLayerNetwork inDouble = network(layer, DataType.DOUBLE);
    inDouble.setParams(inFloat.params().castTo(DataType.DOUBLE));
    INDArray x = rows(rows, random);
    if (random.nextBoolean()) {
      x.putScalar(0, 5, Double.NaN);
      x.putScalar(rows - 1, 8, Double.NaN);
    }
    INDArray mask = mask(rows, random);
    double score = step(inDouble, x, mask);
    assertThat(step(inFloat, x, mask)).isCloseTo(score, within(1e-5 * (1 + Math.abs(score))));
    double[] expected = gradient(inDouble);
    double[] gradient = gradient(inFloat);
    for (int i = 0; i < expected.length; i++) {
      assertThat(gradient[i])
          .as("derivative %d of %d rows", i, rows)
          .isCloseTo(expected[i], within(1e-4 * (1 + Math.abs(expected[i]))));
    }
  }

  /** A listener that gets the reconstruction keeps the fused kernels away. */
  @ParameterizedTest
  @CsvSource({"RELU, true, 20", "RELU, false, 300", "TANH, false, 64"})
  void aSwappedMinibatchIsTheSameEitherWay(Activation activation, boolean tied, int rows) {
    DenoisingAutoEncoder.Builder layer =
        layer(new Random(1))
            .activation(activation)
            .tiedWeights(tied)
            .corruption(new SwapCorruption(0.3, GROUPS));
    INDArray x = rows(rows, new Random(2));
    double[][] params = new double[2][];
    for (int way = 0; way < 2; way++) {
      MultiLayerNetwork net = network(layer, DataType.FLOAT);
      if (way == 1) {
        net.setListeners(StepCase.CURIOUS);
      }
      Nd4j.getRandom().setSeed(7);
      Small.pretrain(net, x, 5);
      params[way] = Small.exact(net.params());
    }
    assertThat(params[0]).containsExactly(params[1], within(2e-4));
  }

  @Test
  void aWrongTargetIsRefusedBeforeAnyParameterChanges() {
    MultiLayerNetwork net =
        network(layer(new Random(3)).corruption(new SwapCorruption(0.3, GROUPS)), DataType.FLOAT);
    double[] before = Small.exact(net.params());
    INDArray infinite = rows(9, new Random(4));
    infinite.putScalar(8, 5, Double.POSITIVE_INFINITY);
    assertThatThrownBy(() -> net.pretrainLayer(0, infinite))
        .isInstanceOf(DL4JInvalidInputException.class)
        .hasMessageStartingWith(
            "DenoisingAutoEncoder input must be finite, got Infinity in row 8 of the minibatch,"
                + " column 5 (");
    INDArray beyond = rows(9, new Random(4));
    beyond.putScalar(3, 7, 1.5);
    assertThatThrownBy(() -> net.pretrainLayer(0, beyond))
        .isInstanceOf(DL4JInvalidInputException.class)
        .hasMessageContaining("must be in [0, 1] in binary and categorical columns");
    assertThat(Small.exact(net.params())).isEqualTo(before);
  }

  private static DenoisingAutoEncoder.Builder layer(Random random) {
    return Small.layer()
        .activation(ACTIVATIONS[random.nextInt(ACTIVATIONS.length)])
        .tiedWeights(random.nextBoolean())
        .decoderActivation(Activation.IDENTITY)
        .reconstructionLoss(LOSS)
        .visibleBiasInit(0.1);
  }

  private static MultiLayerNetwork network(DenoisingAutoEncoder.Builder layer, DataType type) {
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            Small.settings()
                .updater(new Adam(0.01))
                .dataType(type)
                .list()
                .layer(layer.build())
                .layer(Small.output(Small.CODE))
                .build());
    net.init();
    return net;
  }

  private static double step(MultiLayerNetwork net, INDArray x, INDArray mask) {
    net.initGradientsView();
    DenoisingAutoEncoderLayer layer = Small.layerOf(net);
    layer.setInput(x, LayerWorkspaceMgr.noWorkspaces());
    layer.setMaskArray(mask);
    layer.computeGradientAndScore(LayerWorkspaceMgr.noWorkspaces());
    return layer.score();
  }

  private static double[] gradient(MultiLayerNetwork net) {
    return Small.exact(Small.layerOf(net).getGradientsViewArray());
  }

  /** None, of examples, or of cells. */
  private static INDArray mask(int rows, Random random) {
    int kind = random.nextInt(3);
    if (kind == 0) {
      return null;
    }
    INDArray mask = Nd4j.ones(DataType.FLOAT, rows, kind == 1 ? 1 : Small.WIDTH);
    for (long i = 0; i < mask.length(); i += 3) {
      mask.putScalar(i, 0);
    }
    return mask;
  }

  private static INDArray rows(int rows, Random random) {
    float[][] x = new float[rows][Small.WIDTH];
    for (float[] row : x) {
      row[random.nextInt(4)] = 1;
      row[7] = random.nextFloat();
      row[8] = random.nextInt(2);
      row[9 + random.nextInt(2)] = 1;
      for (int number : new int[] {4, 5, 6, 11}) {
        row[number] = (float) random.nextGaussian();
      }
    }
    return Nd4j.createFromArray(x);
  }
}
