package io.github.dae4j.stacked.marginalized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.corruption.MaskingCorruption;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

class MarginalizedMaskingTest {

  private static final int WIDTH = 4;
  private static final double LEVEL = 0.3;
  private static final double RIDGE = 0.01;

  private final double[][] rows = Rows.correlated(30, WIDTH);

  /** Every mask of four cells, with its probability: an expectation without an error. */
  @Test
  void isTheRidgeRegressionOnAllCorruptions() {
    RealMatrix q = new Array2DRowRealMatrix(WIDTH + 1, WIDTH + 1);
    RealMatrix p = new Array2DRowRealMatrix(WIDTH, WIDTH + 1);
    for (double[] row : rows) {
      for (int mask = 0; mask < 1 << WIDTH; mask++) {
        int masked = Integer.bitCount(mask);
        double probability =
            Math.pow(LEVEL, masked) * Math.pow(1 - LEVEL, WIDTH - masked) / rows.length;
        RealMatrix corrupted = MatrixUtils.createColumnRealMatrix(masked(row, mask));
        RealMatrix clean = MatrixUtils.createColumnRealMatrix(row);
        q = q.add(corrupted.multiply(corrupted.transpose()).scalarMultiply(probability));
        p = p.add(clean.multiply(corrupted.transpose()).scalarMultiply(probability));
      }
    }
    assertMapping(fit(LEVEL, RIDGE), regression(q, p), 1e-12);
  }

  /** What the layer's own corruption draws, many times over. */
  @Test
  void agreesWithSampledCorruptions() {
    int copies = 5000;
    INDArray clean = Nd4j.tile(Nd4j.createFromArray(rows), copies, 1);
    INDArray corrupted =
        new MaskingCorruption(LEVEL)
            .corrupt(clean, Nd4j.getRandomFactory().getNewRandomInstance(3), 0, 0)
            .values();
    INDArray biased = Nd4j.hstack(corrupted, Nd4j.ones(DataType.DOUBLE, clean.size(0), 1));
    double count = clean.size(0);
    RealMatrix q = matrix(biased.transpose().mmul(biased).divi(count));
    RealMatrix p = matrix(clean.transpose().mmul(biased).divi(count));

    // Products of features below 2 have a standard deviation below 2, their means of 150,000 draws
    // one of 0.005; W is that much less certain as Q's smallest eigenvalue, 0.1, is below 1.
    SecondMoments moments = SecondMoments.of(Rows.minibatches(rows, 7), x -> x);
    MarginalizedMasking masking = new MarginalizedMasking(LEVEL, RIDGE);
    assertClose(masking.corruptedInput(moments), q.getData(), 0.02);
    assertClose(masking.corruptedToClean(moments), p.transpose().getData(), 0.02);
    assertMapping(fit(LEVEL, RIDGE), regression(q, p), 0.03);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.25, 0.9})
  void expectsACellWithItselfOnceAndWithOthersTwice(double level) {
    SecondMoments moments = SecondMoments.of(Rows.minibatches(rows, 7), x -> x);
    double[][] q = new MarginalizedMasking(level).corruptedInput(moments);
    for (int i = 0; i < WIDTH; i++) {
      for (int j = 0; j < WIDTH; j++) {
        double kept = i == j ? 1 - level : (1 - level) * (1 - level);
        assertThat(q[i][j]).isCloseTo(kept * meanProduct(i, j), within(1e-12));
      }
      assertThat(q[i][WIDTH]).isCloseTo((1 - level) * moments.mean()[i], within(1e-12));
      assertThat(q[WIDTH][i]).isEqualTo(q[i][WIDTH]);
    }
    assertThat(q[WIDTH][WIDTH]).isEqualTo(1);
  }

  @Test
  void withoutCorruptionNothingIsToBeDone() {
    double[][] identity = MatrixUtils.createRealIdentityMatrix(WIDTH + 1).getData();
    assertMapping(fit(0, 0), Arrays.copyOf(identity, WIDTH), 1e-12);
    assertMapping(fit(0, 1e-5), Arrays.copyOf(identity, WIDTH), 1e-3);
  }

  @Test
  void minibatchesDoNotMatter() {
    double[][] whole = fit(LEVEL, RIDGE).mapping().toDoubleMatrix();
    DataSetIterator minibatches = Rows.minibatches(rows, 7);
    minibatches.next(); // it is reset
    assertMapping(new MarginalizedMasking(LEVEL, RIDGE).fit(minibatches), whole, 1e-12);
  }

  @Test
  void singularMomentsNeedARidge() {
    for (double[] row : rows) {
      row[1] = 0; // a dead pixel
      row[2] = row[0]; // a copy
    }
    assertThatThrownBy(() -> fit(0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "MarginalizedMasking ridge must be larger for these features, whose second moments are"
                + " singular in double precision, got 0.0");
    double[][] mapping = fit(0, 1e-5).mapping().toDoubleMatrix();
    assertThat(mapping[1]).containsOnly(0);
    assertThat(mapping[0][0]).isCloseTo(0.5, within(1e-3));
    assertThat(mapping[0][2]).isCloseTo(0.5, within(1e-3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1    | 0        | level must be in [0, 1), got 1.0
          -0.1 | 0        | level must be in [0, 1), got -0.1
          NaN  | 0        | level must be in [0, 1), got NaN
          0.5  | -1       | ridge must be in [0, infinity), got -1.0
          0.5  | NaN      | ridge must be in [0, infinity), got NaN
          0.5  | Infinity | ridge must be in [0, infinity), got Infinity
          """)
  void refusesLevelsAndRidges(double level, double ridge, String message) {
    assertThatThrownBy(() -> new MarginalizedMasking(level, ridge))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("MarginalizedMasking " + message);
  }

  @Test
  void refusesFeaturesThatItCannotUse() {
    INDArray ones = Nd4j.ones(2, 3);
    assertRefused("features must be [minibatch, nIn], got [2, 3, 4]", data(Nd4j.ones(2, 3, 4)));
    assertRefused(
        "features must be [minibatch, 3] like the first, got [2, 5]",
        new ExistingDataSetIterator(List.of(data(ones).next(), data(Nd4j.ones(2, 5)).next())));
    assertRefused(
        "features must have no mask, got one [2, 3]",
        new ExistingDataSetIterator(List.of(new DataSet(ones, ones, ones, ones))));
    assertRefused(
        "features must be finite, got a mean square of NaN in column 1",
        data(Nd4j.createFromArray(new float[][] {{0, Float.NaN}})));
    assertRefused(
        "features must be finite, got a mean square of Infinity in column 0",
        data(Nd4j.createFromArray(new float[][] {{Float.NEGATIVE_INFINITY, 0}})));
    assertThatThrownBy(
            () ->
                new MarginalizedMasking(LEVEL)
                    .fit(new ExistingDataSetIterator(Collections.<DataSet>emptyList())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("MarginalizedMasking data must have an example, got none");
  }

  private static void assertRefused(String message, DataSetIterator data) {
    assertThatThrownBy(() -> new MarginalizedMasking(LEVEL).fit(data))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("MarginalizedMasking " + message);
  }

  private static DataSetIterator data(INDArray features) {
    return new ExistingDataSetIterator(List.of(new DataSet(features, features)));
  }

  private MarginalizedAutoEncoder fit(double level, double ridge) {
    return new MarginalizedMasking(level, ridge).fit(Rows.minibatches(rows, rows.length));
  }

  private static double[] masked(double[] row, int mask) {
    double[] masked = Arrays.copyOf(row, WIDTH + 1);
    for (int i = 0; i < WIDTH; i++) {
      masked[i] = (mask >> i & 1) == 1 ? 0 : row[i];
    }
    masked[WIDTH] = 1;
    return masked;
  }

  /** W of W (Q + ridge I) = P, by another decomposition than the layer's. */
  private static double[][] regression(RealMatrix q, RealMatrix p) {
    RealMatrix ridge = MatrixUtils.createRealIdentityMatrix(WIDTH + 1).scalarMultiply(RIDGE);
    return new QRDecomposition(q.add(ridge)).getSolver().solve(p.transpose()).transpose().getData();
  }

  private double meanProduct(int i, int j) {
    return Arrays.stream(rows).mapToDouble(row -> row[i] * row[j]).average().orElseThrow();
  }

  private static RealMatrix matrix(INDArray array) {
    return new Array2DRowRealMatrix(array.toDoubleMatrix());
  }

  private static void assertMapping(
      MarginalizedAutoEncoder layer, double[][] expected, double tolerance) {
    assertThat(layer.mapping().shape()).containsExactly(WIDTH, WIDTH + 1);
    assertClose(layer.mapping().toDoubleMatrix(), expected, tolerance);
  }

  private static void assertClose(double[][] actual, double[][] expected, double tolerance) {
    assertThat(actual.length).isEqualTo(expected.length);
    for (int row = 0; row < actual.length; row++) {
      assertThat(actual[row]).containsExactly(expected[row], within(tolerance));
    }
  }
}
