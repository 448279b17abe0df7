package io.github.dae4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** The loss by itself, as DL4J calls it. */
class MixedColumnsLossTest {

  private static final IActivation IDENTITY = new ActivationIdentity();

  /** Two numbers, a category of three, a binary, a category of two, a number. */
  private static final MixedColumnsLoss LOSS =
      new MixedColumnsLoss(
          ColumnBlock.numeric(2),
          ColumnBlock.categorical(3),
          ColumnBlock.binary(1),
          ColumnBlock.categorical(2),
          ColumnBlock.numeric(1));

  private static final INDArray X =
      Nd4j.createFromArray(
          new double[][] {
            {0.5, -1, 0, 1, 0, 1, 1, 0, 2},
            {-0.2, 0.3, 1, 0, 0, 0, 0, 1, -1},
            {1.5, 0, 0, 0, 0, 0.3, 0, 1, 0}
          });
  private static final INDArray A =
      Nd4j.createFromArray(
          new double[][] {
            {0.1, 0.2, 1, 2, -1, 0.7, 0.3, -0.4, 1},
            {-1, 2, 0, 0.5, 3, -2, 1, 1.5, -1},
            {0.4, 0, -1, 0.2, 0.1, 0.9, -3, 0.6, 2}
          });

  @Test
  void isTheSumOfWhatDl4jSaysOfEachBlock() {
    INDArray expected =
        ofBlock(new LossL2(), IDENTITY, 0, 2)
            .addi(ofBlock(new LossMCXENT(), new ActivationSoftmax(), 2, 5))
            .addi(ofBlock(new LossBinaryXENT(), new ActivationSigmoid(), 5, 6))
            .addi(ofBlock(new LossMCXENT(), new ActivationSoftmax(), 6, 8))
            .addi(ofBlock(new LossL2(), IDENTITY, 8, 9));
    INDArray scores = LOSS.computeScoreArray(X, A, IDENTITY, null);
    assertThat(scores.shape()).containsExactly(3, 1);
    assertThat(Small.exact(scores)).containsExactly(Small.exact(expected), within(1e-8));
    double sum = expected.sumNumber().doubleValue();
    assertThat(LOSS.computeScore(X, A, IDENTITY, null, false)).isCloseTo(sum, within(1e-8));
    assertThat(LOSS.computeScore(X, A, IDENTITY, null, true)).isCloseTo(sum / 3, within(1e-8));
  }

  private static INDArray ofBlock(ILossFunction loss, IActivation activation, int from, int to) {
    return loss.computeScoreArray(part(X, from, to), part(A, from, to), activation, null);
  }

  private static INDArray part(INDArray matrix, int from, int to) {
    INDArray part = Nd4j.create(DataType.DOUBLE, matrix.size(0), to - from);
    for (int column = from; column < to; column++) {
      part.putColumn(column - from, matrix.getColumn(column));
    }
    return part;
  }

  static Stream<INDArray> masks() {
    INDArray examples = Nd4j.createFromArray(new double[][] {{1}, {0}, {0.5}});
    INDArray cells = Nd4j.createFromArray(new double[][] {{1, 0, 1, 0.5, 2, 1, 0, 1, 1}});
    return Stream.of(null, examples, Nd4j.concat(0, cells, cells.mul(2), cells.rsub(1)));
  }

  @ParameterizedTest
  @MethodSource("masks")
  void theGradientIsTheDerivativeOfTheScoreUnderAnyMask(INDArray mask) {
    INDArray gradient = LOSS.computeGradient(X, A.dup(), IDENTITY, mask);
    double step = 1e-6;
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 9; column++) {
        INDArray more = A.dup();
        more.putScalar(row, column, A.getDouble(row, column) + step);
        INDArray less = A.dup();
        less.putScalar(row, column, A.getDouble(row, column) - step);
        double slope =
            (LOSS.computeScore(X, more, IDENTITY, mask, false)
                    - LOSS.computeScore(X, less, IDENTITY, mask, false))
                / (2 * step);
        assertThat(gradient.getDouble(row, column))
            .as("row %d, column %d", row, column)
            .isCloseTo(slope, within(1e-7));
      }
    }
    assertThat(LOSS.computeGradientAndScore(X, A, IDENTITY, mask, false).getSecond())
        .isEqualTo(gradient);
  }

  @ParameterizedTest
  @MethodSource("masks")
  void theScoreIsTheSumOfTheScoresOfExamplesUnderAnyMask(INDArray mask) {
    assertThat(LOSS.computeScoreArray(X, A, IDENTITY, mask).sumNumber().doubleValue())
        .isCloseTo(LOSS.computeScore(X, A, IDENTITY, mask, false), within(1e-12));
  }

  @Test
  void arraysInAnyOrderAndViewsAreRead() {
    INDArray wide = Nd4j.create(DataType.DOUBLE, 5, 12);
    INDArray view = wide.get(NDArrayIndex.interval(1, 4), NDArrayIndex.interval(2, 11));
    view.assign(X);
    INDArray mask = Nd4j.ones(DataType.DOUBLE, 9, 3).transpose();
    for (INDArray x : List.of(view, X.dup('f'))) {
      for (INDArray a : List.of(A, A.dup('f'))) {
        assertThat(Small.exact(LOSS.computeGradient(x, a, IDENTITY, mask)))
            .containsExactly(Small.exact(LOSS.computeGradient(X, A, IDENTITY, null)));
        assertThat(Small.exact(LOSS.computeScoreArray(x, a, IDENTITY, mask)))
            .containsExactly(
                Small.exact(LOSS.computeScoreArray(X, A, IDENTITY, null)), within(1e-12));
      }
    }
  }

  @Test
  void oneExampleIsEnough() {
    INDArray x = X.getRow(1, true).dup();
    INDArray a = A.getRow(1, true).dup();
    INDArray all = LOSS.computeGradient(X, A, IDENTITY, null);
    assertThat(LOSS.computeGradient(x, a, IDENTITY, null)).isEqualTo(all.getRow(1, true));
  }

  @Test
  void aBlockOfZerosHasNeitherLossNorGradient() {
    INDArray cells = LOSS.blockwise().perFeature(X, A);
    INDArray gradient = LOSS.computeGradient(X, A, IDENTITY, null);
    for (int column = 2; column < 5; column++) {
      assertThat(cells.getDouble(2, column)).isZero();
      assertThat(gradient.getDouble(2, column)).isZero();
    }
  }

  static Stream<Arguments> typesAndSizes() {
    List<Arguments> all = new ArrayList<>();
    for (DataType type : List.of(DataType.FLOAT16, DataType.FLOAT, DataType.DOUBLE)) {
      for (double size : new double[] {20, 200, 10000}) {
        all.add(Arguments.of(type, size));
      }
    }
    return all.stream();
  }

  /** The loss of the unlikely category is the distance, that of the likely one 0. */
  @ParameterizedTest
  @MethodSource("typesAndSizes")
  void largePreOutputsAreExact(DataType type, double size) {
    BlockwiseLoss loss =
        new MixedColumnsLoss(ColumnBlock.categorical(3), ColumnBlock.binary(1)).blockwise();
    INDArray x = Nd4j.createFromArray(new double[][] {{1, 0, 0, 1}, {0, 1, 0, 0}}).castTo(type);
    INDArray a =
        Nd4j.createFromArray(new double[][] {{-size, 0, -size, -size}, {-size, 0, -size, -size}})
            .castTo(type);
    INDArray cells = loss.perFeature(x, a);
    assertThat(cells.getDouble(0, 0)).isCloseTo(size, within(size * 1e-6));
    assertThat(cells.getDouble(0, 3)).isCloseTo(size, within(size * 1e-6));
    assertThat(cells.getDouble(1, 1)).isCloseTo(0, within(1e-6));
    INDArray gradient = loss.gradient(x, a, null);
    assertThat(gradient.dataType()).isEqualTo(type);
    assertThat(Small.exact(gradient))
        .containsExactly(new double[] {-1, 1, 0, -1, 0, 0, 0, 0}, within(1e-6));
  }

  @Test
  void whatIsExpectedIsInTheFeaturesUnits() {
    INDArray before = A.dup();
    INDArray expected = LOSS.expected(A);
    assertThat(expected.getDouble(0, 1)).isEqualTo(0.2);
    assertThat(expected.getDouble(0, 5)).isCloseTo(1 / (1 + Math.exp(-0.7)), within(1e-12));
    double sum = Math.exp(0.3) + Math.exp(-0.4);
    assertThat(expected.getDouble(0, 6)).isCloseTo(Math.exp(0.3) / sum, within(1e-12));
    assertThat(part(expected, 2, 5).sum(1)).isEqualTo(Nd4j.ones(DataType.DOUBLE, 3));
    assertThat(Small.exact(A)).containsExactly(Small.exact(before));
  }

  /** In DL4J's own output layer, whose gradient and score are then this loss's. */
  @Test
  void dl4jsOutputLayerLearnsWithIt() {
    OutputLayer output =
        new OutputLayer.Builder()
            .nIn(Small.CODE)
            .nOut(9)
            .activation(Activation.IDENTITY)
            .lossFunction(LOSS)
            .build();
    MultiLayerNetwork network =
        new MultiLayerNetwork(Small.settings().list().layer(Small.dense()).layer(output).build());
    network.init();
    DataSet data = new DataSet(Small.patterns(3), X.castTo(DataType.FLOAT));
    double before = network.score(data);
    for (int step = 0; step < 30; step++) {
      network.fit(data);
    }
    assertThat(network.score(data)).isLessThan(before / 2);
    assertThat(network.score(data, false))
        .isCloseTo(
            LOSS.computeScore(
                data.getLabels(), network.output(data.getFeatures()), IDENTITY, null, true),
            within(1e-5));
  }

  @Test
  void otherActivationsAndShapesAreRefused() {
    assertThatThrownBy(() -> LOSS.computeScore(X, A, new ActivationSigmoid(), null, false))
        .hasMessage(
            "MixedColumnsLoss activation must be identity, got sigmoid; the loss takes sigmoid and"
                + " softmax itself");
    assertThatThrownBy(() -> LOSS.computeGradient(X, part(A, 0, 8), IDENTITY, null))
        .hasMessage("MixedColumnsLoss pre-output must be [minibatch, 9], got [3, 8]");
    assertThatThrownBy(() -> LOSS.computeScoreArray(part(X, 0, 8), A, IDENTITY, null))
        .hasMessage(
            "MixedColumnsLoss labels must have the shape of the pre-output, [3, 9], got [3, 8]");
    assertThatThrownBy(MixedColumnsLoss::new)
        .hasMessage("MixedColumnsLoss blocks must not be empty");
    assertThatThrownBy(() -> ColumnBlock.categorical(0))
        .hasMessage("ColumnBlock width must be at least 1, got 0");
  }
}
