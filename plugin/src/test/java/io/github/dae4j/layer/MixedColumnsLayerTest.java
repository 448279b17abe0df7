package io.github.dae4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.corruption.ColumnGroups;
import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.corruption.SwapCorruption;
import java.util.List;
import org.apache.commons.lang3.SerializationUtils;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** The layer with {@link MixedColumnsLoss}. */
@ExtendWith(InDouble.class)
class MixedColumnsLayerTest {

  private static final int ROWS = 4;
  private static final int CODE = 4;

  /**
   * The kinds in another order than in {@link MixedColumnsLossTest}, the widths of {@link Small}.
   */
  private static final MixedColumnsLoss LOSS =
      new MixedColumnsLoss(
          ColumnBlock.categorical(4),
          ColumnBlock.numeric(3),
          ColumnBlock.binary(2),
          ColumnBlock.categorical(2),
          ColumnBlock.numeric(1));

  private static final Corruption SWAP =
      new SwapCorruption(0.4, ColumnGroups.ofWidths(4, 1, 1, 1, 1, 1, 2, 1));

  /** Masking alone leaves a block's cells with different weights under emphasis. */
  @ParameterizedTest
  @CsvSource({"true, 1", "true, 0.25", "false, 0.25"})
  void theGradientIsTheDerivativeOfTheScore(boolean tied, double beta) {
    for (Corruption corruption : List.of(SWAP, new MaskingCorruption(0.4))) {
      assertThat(
              gradientPasses(
                  network(layer().tiedWeights(tied).corruption(corruption).emphasis(1, beta)),
                  null))
          .as("%s", corruption)
          .isTrue();
    }
  }

  @Test
  void theGradientIsTheDerivativeOfTheScoreUnderMasks() {
    Nd4j.getRandom().setSeed(5);
    for (INDArray mask :
        List.of(
            Nd4j.createFromArray(new double[][] {{1}, {0}, {1}, {1}}),
            Nd4j.rand(ROWS, Small.WIDTH).gt(0.4).castTo(DataType.DOUBLE))) {
      assertThat(gradientPasses(network(layer().corruption(SWAP)), mask)).isTrue();
    }
  }

  private static boolean gradientPasses(MultiLayerNetwork net, INDArray mask) {
    net.getLayer(0).setMaskArray(mask);
    net.initGradientsView();
    return GradientCheckUtil.checkGradientsPretrainLayer(
        net.getLayer(0), 1e-6, 1e-4, 1e-8, false, false, rows(), 12345);
  }

  @Test
  void cellsSumToTheErrorOfTheExample() {
    DenoisingAutoEncoderLayer layer = Small.layerOf(network(layer()));
    INDArray cells = layer.reconstructionErrorPerFeature(rows());
    assertThat(cells.shape()).containsExactly(ROWS, Small.WIDTH);
    assertThat(Small.exact(cells.sum(1)))
        .containsExactly(Small.exact(layer.reconstructionError(rows())), within(1e-12));
    INDArray a = layer.reconstruct(rows());
    double number = rows().getDouble(1, 4) - a.getDouble(1, 4);
    assertThat(cells.getDouble(1, 4)).isCloseTo(number * number, within(1e-12));
    assertThat(cells.getDouble(1, 1))
        .isCloseTo(-Math.log(LOSS.expected(a).getDouble(1, 1)), within(1e-12));
    assertThat(cells.getDouble(1, 0)).isZero(); // it has another category
  }

  @Test
  void pretrainingLearnsEveryKindOfColumn() {
    MultiLayerNetwork net = network(Small.settings(), layer());
    double[] before = kinds(Small.layerOf(net));
    Small.pretrain(net, rows(), 300);
    double[] after = kinds(Small.layerOf(net));
    for (int kind = 0; kind < 3; kind++) {
      assertThat(after[kind]).isLessThan(before[kind] / 2);
    }
  }

  /** The errors of categories, numbers and binaries. */
  private static double[] kinds(DenoisingAutoEncoderLayer layer) {
    double[] cells = Small.exact(layer.reconstructionErrorPerFeature(rows()).sum(0));
    return new double[] {
      cells[0] + cells[1] + cells[2] + cells[3], cells[4] + cells[5] + cells[6], cells[7] + cells[8]
    };
  }

  @Test
  void aConfigurationWithItIsWrittenAndRead() {
    MultiLayerConfiguration written =
        network(layer().corruption(SWAP)).getLayerWiseConfigurations();
    String json = written.toJson();
    assertThat(json)
        .contains("\"@class\" : \"io.github.dae4j.layer.MixedColumnsLoss\"")
        .containsPattern("\"kind\" : \"CATEGORICAL\",\\s+\"width\" : 4");
    assertThat(MultiLayerConfiguration.fromJson(json)).isEqualTo(written);
    assertThat(MultiLayerConfiguration.fromYaml(written.toYaml())).isEqualTo(written);
    assertThatThrownBy(
            () ->
                MultiLayerConfiguration.fromJson(
                    json.replaceFirst("\"width\" : 4", "\"width\" : 0")))
        .hasStackTraceContaining("ColumnBlock width must be at least 1, got 0");
  }

  @Test
  void aLayerMeasuresAfterJavaSerialization() {
    DenoisingAutoEncoderLayer layer = Small.layerOf(network(layer()));
    assertThat(SerializationUtils.clone(layer).reconstructionError(rows()))
        .isEqualTo(layer.reconstructionError(rows()));
  }

  @Test
  void whatDoesNotGoWithItIsRefused() {
    assertThatThrownBy(() -> layer().decoderActivation(Activation.SIGMOID).build())
        .hasMessage(
            "DenoisingAutoEncoder decoderActivation must be identity for MixedColumnsLoss, which"
                + " takes sigmoid and softmax itself, got sigmoid");
    assertThatThrownBy(() -> network(layer().nIn(5)))
        .hasMessage("DenoisingAutoEncoder nIn must be the width of MixedColumnsLoss, 12, got 5");
  }

  @Test
  void binaryAndCategoricalInputOutsideTheUnitIntervalIsRefused() {
    INDArray x = rows();
    x.putScalar(2, 7, 1.5);
    assertThatThrownBy(() -> Small.layerOf(network(layer())).reconstructionError(x))
        .hasMessageStartingWith(
            "DenoisingAutoEncoder input must be in [0, 1] in binary and categorical columns, got"
                + " values from 0.0 to 1.5 in feature 7 (");
    DenoisingAutoEncoderLayer unchecked = Small.layerOf(network(layer().inputRangeChecked(false)));
    assertThat(unchecked.reconstructionError(x).shape()).containsExactly(ROWS);
  }

  private static DenoisingAutoEncoder.Builder layer() {
    return Small.layer()
        .decoderActivation(Activation.IDENTITY)
        .reconstructionLoss(LOSS)
        .visibleBiasInit(0.1);
  }

  private static MultiLayerNetwork network(DenoisingAutoEncoder.Builder layer) {
    return network(Small.settings().updater(new NoOp()), layer);
  }

  private static MultiLayerNetwork network(
      NeuralNetConfiguration.Builder settings, DenoisingAutoEncoder.Builder layer) {
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            settings
                .dataType(DataType.DOUBLE)
                .list()
                .layer(layer.nOut(CODE).build())
                .layer(Small.output(CODE))
                .build());
    net.init();
    return net;
  }

  private static INDArray rows() {
    return Nd4j.createFromArray(
        new double[][] {
          {1, 0, 0, 0, 0.5, -1, 0.2, 1, 0, 1, 0, 1},
          {0, 1, 0, 0, -0.5, 1, 0.2, 0, 0, 0, 1, -1},
          {0, 0, 0, 1, 1.5, 0, -0.7, 1, 1, 1, 0, 0},
          {0, 0, 1, 0, -1.5, 0, 0.3, 0, 1, 0, 1, 0.5}
        });
  }
}
