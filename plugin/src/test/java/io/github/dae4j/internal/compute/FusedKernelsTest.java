package io.github.dae4j.internal.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Each pass against ND4J's operations or a loop in double. */
class FusedKernelsTest {

  private static final int COLUMNS = 37;
  private static final Offset<Double> CLOSE = within(5e-6);

  private final FusedKernels rows = new FusedKernels();

  @ParameterizedTest
  @EnumSource(Activation.class)
  void activateIsNd4js(Activation s) {
    for (int n : new int[] {1, 63, 200}) {
      INDArray a = normal(n, COLUMNS, 3);
      INDArray b = normal(1, COLUMNS, 1);
      INDArray expected = nd4j(s).getActivation(a.addRowVector(b), true);
      rows.activate(a, b, s);
      assertThat(cells(a)).containsExactly(cells(expected), CLOSE);
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void backpropIsNd4js(Activation s) {
    for (int n : new int[] {1, 63, 200}) {
      INDArray a = normal(n, COLUMNS, 3);
      INDArray y = nd4j(s).getActivation(a.dup(), true);
      INDArray g = normal(n, COLUMNS, 1);
      INDArray expected = nd4j(s).backprop(a, g.dup()).getFirst();
      INDArray sums = Nd4j.create(COLUMNS);
      rows.backprop(y, g, s, g, sums);
      assertThat(cells(g)).containsExactly(cells(expected), CLOSE);
      assertThat(cells(sums)).containsExactly(cells(expected.sum(0)), within(1e-4));
    }
  }

  /** Of which the two kinds of cells, each by itself, make the whole. */
  @ParameterizedTest
  @ValueSource(ints = {1, 63, 64, 65, 200})
  void emphasisWeighsTouchedAndUntouchedCells(int n) {
    INDArray a = normal(n, COLUMNS, 3);
    INDArray b = normal(1, COLUMNS, 1);
    INDArray x = targets(n);
    INDArray touched = Nd4j.rand(n, COLUMNS).lt(0.3).castTo(DataType.FLOAT);
    INDArray sums = Nd4j.create(1, COLUMNS);
    INDArray whole = a.dup();
    double loss = rows.crossEntropy(whole, b, x, 0, sums);
    INDArray corrupted = a.dup();
    double ofCorrupted = rows.crossEntropy(corrupted, b, x, touched, 1, 0, 0, sums);
    INDArray untouched = a.dup();
    double ofUntouched = rows.crossEntropy(untouched, b, x, touched, 0, 1, 0, sums);
    assertThat(ofCorrupted + ofUntouched).isCloseTo(loss, within(1e-5 * loss));
    assertThat(cells(corrupted)).containsExactly(cells(whole.mul(touched)), CLOSE);
    assertThat(cells(corrupted.add(untouched))).containsExactly(cells(whole), CLOSE);

    INDArray weighed = a.dup();
    double ofBoth = rows.crossEntropy(weighed, b, x, touched, 2, 0.5, 0, sums);
    assertThat(ofBoth).isCloseTo(2 * ofCorrupted + 0.5 * ofUntouched, within(1e-5 * loss));
    assertThat(cells(sums)).containsExactly(cells(weighed.sum(0)), within(1e-3));
  }

  @Test
  void oneCellThatIsNotFiniteIsSeen() {
    for (float cell : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      INDArray x = normal(200, COLUMNS, 1e30);
      assertThat(FusedKernels.areFinite(x)).isTrue();
      x.putScalar(117, 36, cell);
      assertThat(FusedKernels.areFinite(x)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 63, 64, 65, 200})
  void crossEntropyIsThatOfAFormulaInDouble(int n) {
    for (double scale : new double[] {0.1, 3, 1000}) {
      INDArray a = normal(n, COLUMNS, scale);
      INDArray b = normal(1, COLUMNS, 1);
      INDArray x = targets(n);
      INDArray sums = Nd4j.create(COLUMNS);
      double[] pre = cells(a.addRowVector(b));
      double[] target = cells(x);
      double expected = 0;
      double[] derivative = new double[pre.length];
      double[] total = new double[COLUMNS];
      for (int i = 0; i < pre.length; i++) {
        expected +=
            Math.max(pre[i], 0) - pre[i] * target[i] + Math.log1p(Math.exp(-Math.abs(pre[i])));
        derivative[i] = 1 / (1 + Math.exp(-pre[i])) - target[i];
        total[i % COLUMNS] += derivative[i];
      }
      assertThat(rows.crossEntropy(a, b, x, 0, sums)).isCloseTo(expected, within(1e-5 * expected));
      assertThat(cells(a)).containsExactly(derivative, within(3e-7));
      assertThat(cells(sums)).containsExactly(total, within(1e-4));
      assertThat(cells(x)).containsExactly(target);
    }
  }

  /** Among them pre-outputs whose exponential would overflow. */
  @Test
  void softmaxCrossEntropyIsThatOfAFormulaInDouble() {
    for (double scale : new double[] {0.1, 3, 200}) {
      INDArray a = normal(19, COLUMNS, scale);
      INDArray b = normal(1, COLUMNS, 1);
      INDArray t = Nd4j.create(19, COLUMNS);
      for (int row = 0; row < 19; row++) {
        t.putScalar(row, 3 * row % COLUMNS, 0.75);
        t.putScalar(row, (3 * row + 5) % COLUMNS, 0.25);
      }
      double[][] pre = a.addRowVector(b).castTo(DataType.DOUBLE).toDoubleMatrix();
      double[][] target = t.castTo(DataType.DOUBLE).toDoubleMatrix();
      double expected = 0;
      double[] derivative = new double[19 * COLUMNS];
      for (int row = 0; row < 19; row++) {
        double largest = DoubleStream.of(pre[row]).max().orElseThrow();
        double sum = DoubleStream.of(pre[row]).map(v -> Math.exp(v - largest)).sum();
        for (int i = 0; i < COLUMNS; i++) {
          double z = Math.exp(pre[row][i] - largest) / sum;
          expected -= target[row][i] * Math.log(Math.max(z, FusedKernels.LEAST_PROBABILITY));
          derivative[row * COLUMNS + i] = z - target[row][i];
        }
      }
      INDArray sums = Nd4j.create(COLUMNS);
      assertThat(rows.softmaxCrossEntropy(a, b, t, sums))
          .isCloseTo(expected, within(1e-5 * expected));
      assertThat(cells(a)).containsExactly(derivative, within(1e-5));
      assertThat(cells(sums)).containsExactly(cells(a.sum(0)), within(1e-5));
    }
  }

  @Test
  void theLossOfWhatIsNoNumberIsNone() {
    for (int row : new int[] {0, 64, 69}) {
      INDArray a = normal(70, COLUMNS, 1);
      a.putScalar(row, 3, Float.NaN);
      INDArray sums = Nd4j.create(COLUMNS);
      assertThat(rows.crossEntropy(a, Nd4j.zeros(1, COLUMNS), targets(70), 0, sums)).isNaN();
      assertThat(sums.getDouble(3)).isNaN();
      assertThat(sums.getDouble(4)).isNotNaN();
    }
  }

  @Test
  void copiesRowsAndAnyOtherLayout() {
    INDArray whole = normal(9, COLUMNS, 1);
    for (INDArray from :
        new INDArray[] {
          whole.get(NDArrayIndex.interval(2, 6), NDArrayIndex.all()),
          whole.get(NDArrayIndex.interval(0, 2, 8), NDArrayIndex.all()),
          normal(COLUMNS, 4, 1).transpose()
        }) {
      INDArray to = Nd4j.valueArrayOf(new long[] {6, COLUMNS}, 7f);
      FusedKernels.copy(from, 0, to.get(NDArrayIndex.interval(1, 5), NDArrayIndex.all()));
      assertThat(cells(to.get(NDArrayIndex.interval(1, 5), NDArrayIndex.all())))
          .containsExactly(cells(from));
      assertThat(cells(to.getRow(0))).containsOnly(7);
      assertThat(cells(to.getRow(5))).containsOnly(7);
    }
  }

  @Test
  void partsOfTheRowsAreThoseOfTheWhole() {
    INDArray a = normal(9, COLUMNS, 1);
    INDArray x = targets(9);
    INDArray b = normal(1, COLUMNS, 1);
    INDArray part = rowsOf(a, 4, 7).dup();
    INDArray sums = Nd4j.create(COLUMNS);
    double expected = rows.crossEntropy(rowsOf(a, 4, 7).dup(), b, rowsOf(x, 4, 7), 0, sums.dup());
    assertThat(rows.crossEntropy(part, b, x, 4, sums)).isEqualTo(expected);
    for (INDArray from : new INDArray[] {x, x.dup('f')}) {
      INDArray to = Nd4j.create(3, COLUMNS);
      FusedKernels.copy(from, 4, to);
      assertThat(cells(to)).containsExactly(cells(rowsOf(x, 4, 7)));
    }
  }

  private static INDArray rowsOf(INDArray array, int from, int to) {
    return array.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
  }

  /** Arrays of one width are used again for another. */
  @Test
  void widthsMayChange() {
    for (int columns : new int[] {5, 300, 2}) {
      INDArray a = normal(3, columns, 1);
      INDArray expected = a.addRowVector(Nd4j.ones(1, columns));
      rows.activate(a, Nd4j.ones(1, columns), Activation.IDENTITY);
      assertThat(cells(a)).containsExactly(cells(expected), CLOSE);
    }
  }

  @Test
  void probabilitiesAreInZeroToOne() {
    assertThat(areProbabilitiesWith(0)).isTrue();
    assertThat(areProbabilitiesWith(1)).isTrue();
    assertThat(areProbabilitiesWith(-0f)).isTrue();
    assertThat(areProbabilitiesWith(-1e-7f)).isFalse();
    assertThat(areProbabilitiesWith(-Float.MIN_VALUE)).isFalse();
    assertThat(areProbabilitiesWith(1.0000001f)).isFalse();
    assertThat(areProbabilitiesWith(Float.NaN)).isFalse();
    assertThat(areProbabilitiesWith(Float.POSITIVE_INFINITY)).isFalse();
    assertThat(areProbabilitiesWith(Float.NEGATIVE_INFINITY)).isFalse();
  }

  /** In the first and the last cell and one between. */
  private boolean areProbabilitiesWith(float value) {
    boolean[] answers = new boolean[3];
    int[][] places = {{0, 0}, {2, 17}, {3, COLUMNS - 1}};
    for (int i = 0; i < 3; i++) {
      INDArray x = targets(4);
      x.putScalar(places[i][0], places[i][1], value);
      answers[i] = FusedKernels.areProbabilities(x);
      INDArray a = normal(6, COLUMNS, 1);
      INDArray target = Nd4j.vstack(targets(1), x, targets(1));
      rows.crossEntropy(a, Nd4j.zeros(1, COLUMNS), target, 0, Nd4j.create(COLUMNS));
      assertThat(rows.sawValidTargets()).isEqualTo(answers[i]);
    }
    assertThat(answers).containsOnly(answers[0]);
    return answers[0];
  }

  private static IActivation nd4j(Activation s) {
    return org.nd4j.linalg.activations.Activation.valueOf(s.name()).getActivationFunction();
  }

  /** 0, 1 and what lies between. */
  private static INDArray targets(int n) {
    INDArray x = Nd4j.create(n, COLUMNS);
    float[] values = {0, 1, 0.3f};
    for (int i = 0; i < x.length(); i++) {
      x.data().put(i, values[i % 3]);
    }
    return x;
  }

  private static INDArray normal(int n, int columns, double scale) {
    Random random = new Random(7);
    INDArray array = Nd4j.create(n, columns);
    for (int i = 0; i < array.length(); i++) {
      array.data().put(i, (float) (scale * random.nextGaussian()));
    }
    return array;
  }

  private static double[] cells(INDArray array) {
    return array.dup('c').data().asDouble();
  }
}
