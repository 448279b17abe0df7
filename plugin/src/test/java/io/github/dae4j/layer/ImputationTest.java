package io.github.dae4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.corruption.MaskingCorruption;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Filling holes in rows of ten columns that depend on two hidden numbers. */
class ImputationTest {

  private static final int ROWS = 200;
  private static final int COLUMNS = 10;
  private static INDArray complete;
  private static INDArray holed;
  private static DenoisingAutoEncoderLayer layer;

  /** Trained on rows with holes, and tested on others. */
  @BeforeAll
  static void train() {
    Nd4j.getRandom().setSeed(3);
    INDArray loadings = Nd4j.randn(DataType.FLOAT, 2, COLUMNS);
    MultiLayerNetwork net =
        Small.network(
            Small.settings().dataType(DataType.FLOAT).updater(new Adam(0.01)),
            new DenoisingAutoEncoder.Builder()
                .nIn(COLUMNS)
                .nOut(4)
                .activation(Activation.SIGMOID)
                .corruption(new MaskingCorruption(0.1))
                .missingAllowed(true)
                .build());
    Nd4j.getRandom().setSeed(4);
    Small.pretrain(net, withHoles(rows(loadings)), 500);
    layer = Small.layerOf(net);
    complete = rows(loadings);
    holed = withHoles(complete);
  }

  private static INDArray rows(INDArray loadings) {
    INDArray noise = Nd4j.randn(DataType.FLOAT, ROWS, COLUMNS).muli(0.1);
    return Transforms.sigmoid(Nd4j.randn(DataType.FLOAT, ROWS, 2).mmul(loadings).addi(noise));
  }

  /** A fifth of the cells. */
  private static INDArray withHoles(INDArray x) {
    INDArray there = Nd4j.rand(DataType.FLOAT, ROWS, COLUMNS).gt(0.2).castTo(DataType.FLOAT);
    return x.div(there.div(there)); // 0 / 0 is NaN
  }

  private static double rootMeanSquare(INDArray filled) {
    INDArray missing = holed.isNaN().castTo(DataType.FLOAT);
    INDArray difference = filled.sub(complete).muli(missing);
    return difference.norm2Number().doubleValue() / missing.norm2Number().doubleValue();
  }

  @Test
  void theErrorIsAFractionOfMeanFills() {
    INDArray means = complete.mean(0);
    INDArray meanFill = Imputation.fill(holed, Nd4j.zeros(ROWS, COLUMNS).addiRowVector(means));
    double mean = rootMeanSquare(meanFill);
    double once = rootMeanSquare(layer.impute(holed, 1));
    double thrice = rootMeanSquare(layer.impute(holed));
    assertThat(once).isLessThan(0.8 * mean);
    assertThat(thrice).isLessThan(0.5 * mean).isLessThan(once);
    assertThat(rootMeanSquare(layer.impute(holed, 1, means))).isLessThan(0.6 * mean);
    assertThat(rootMeanSquare(layer.impute(holed, 50))).isLessThan(0.5 * mean);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE", "HALF"})
  void observedCellsDoNotChangeByABit(DataType type) {
    INDArray x = holed.castTo(type).addi(type == DataType.DOUBLE ? 1e-12 : 0);
    INDArray filled = layer.impute(x, 3);
    assertThat(filled.dataType()).isEqualTo(type);
    double[] before = Small.exact(x);
    double[] after = Small.exact(filled);
    for (int i = 0; i < before.length; i++) {
      assertThat(after[i]).isEqualTo(Double.isNaN(before[i]) ? after[i] : before[i]).isNotNaN();
    }
    assertThat(x.isNaN().any()).as("the caller's array keeps its holes").isTrue();
  }

  @Test
  void itConverges() {
    double last = Double.POSITIVE_INFINITY;
    for (int iterations : new int[] {1, 4, 16, 64}) {
      INDArray step = layer.impute(holed, iterations + 1).subi(layer.impute(holed, iterations));
      double change = step.norm2Number().doubleValue();
      assertThat(change).isLessThan(0.7 * last);
      last = change;
    }
    assertThat(last).isLessThan(1e-2);
  }

  @Test
  void itMayStartAnywhere() {
    INDArray start = Nd4j.linspace(DataType.FLOAT, 0, 0.1, COLUMNS);
    INDArray begun = Imputation.fill(holed, Nd4j.zeros(ROWS, COLUMNS).addiRowVector(start));
    assertThat(layer.impute(holed, 1, start))
        .isEqualTo(Imputation.fill(holed, layer.reconstruct(begun)));
    assertThat(layer.impute(holed, 200, start)).isEqualTo(layer.impute(holed, 200));
  }

  @Test
  void completeRowsAreCopied() {
    INDArray same = layer.impute(complete);
    assertThat(same).isNotSameAs(complete);
    assertThat(Small.exact(same)).containsExactly(Small.exact(complete));
  }

  @Test
  void aStartOfAnotherWidthIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layer.impute(holed, 1, Nd4j.zeros(3)))
        .withMessage("impute start must have 10 values, one for each column, got 3");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void thereIsAtLeastOneIteration(int iterations) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layer.impute(holed, iterations))
        .withMessage("impute iterations must be >= 1, got " + iterations);
  }

  @Test
  void rowsOfAnotherWidthAreRefused() {
    assertThatThrownBy(() -> layer.impute(Nd4j.zeros(2, 3)))
        .isInstanceOf(DL4JInvalidInputException.class)
        .hasMessageStartingWith("DenoisingAutoEncoder input must be [minibatch, 10], got [2, 3]");
  }
}
