package io.github.dae4j.internal.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.AdamUpdater;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.NesterovsUpdater;
import org.nd4j.linalg.learning.SgdUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

/** Against ND4J's own updaters, on the same numbers over some iterations. */
class ParameterUpdatesTest {

  private static final int ITERATIONS = 12;
  private static final double SCALE = 1 / 20.0;

  private final ParameterUpdates updates = new ParameterUpdates();

  @ParameterizedTest
  @ValueSource(ints = {1, 1000, 1024, 2500})
  void sgd(int length) {
    Sgd config = new Sgd(0.3);
    SgdUpdater nd4j = new SgdUpdater(config);
    INDArray params = normal(length, 0);
    INDArray expected = params.dup();
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      INDArray gradient = normal(length, iteration + 1);
      step(nd4j, expected, gradient, iteration);
      updates.sgd(params, gradient, 0.3 * SCALE);
      assertThat(cells(gradient)).containsExactly(cells(normal(length, iteration + 1)));
    }
    assertClose(params, expected);
  }

  @ParameterizedTest
  @CsvSource({"1, 0.9", "1000, 0.5", "1024, 0.9", "2500, 0"})
  void nesterovs(int length, double momentum) {
    NesterovsUpdater nd4j = new NesterovsUpdater(new Nesterovs(0.1, momentum));
    nd4j.setStateViewArray(Nd4j.zeros(1, length), new long[] {1, length}, 'c', true);
    INDArray params = normal(length, 0);
    INDArray expected = params.dup();
    INDArray state = Nd4j.zeros(1, length);
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      INDArray gradient = normal(length, iteration + 1);
      step(nd4j, expected, gradient, iteration);
      updates.nesterovs(params, gradient, state, 0.1, momentum, SCALE);
      assertThat(cells(gradient)).containsExactly(cells(normal(length, iteration + 1)));
    }
    assertClose(params, expected);
    assertClose(state, nd4j.getV());
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0.9, 0.999, 1e-8",
    "1000, 0.5, 0.9, 1e-3",
    "1024, 0.9, 0.999, 1e-8",
    "2500, 0, 0.99, 1e-8"
  })
  void adam(int length, double beta1, double beta2, double epsilon) {
    AdamUpdater nd4j = new AdamUpdater(new Adam(0.01, beta1, beta2, epsilon));
    nd4j.setStateViewArray(Nd4j.zeros(1, 2L * length), new long[] {1, length}, 'c', true);
    INDArray params = normal(length, 0);
    INDArray expected = params.dup();
    INDArray m = Nd4j.zeros(1, length);
    INDArray v = Nd4j.zeros(1, length);
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      INDArray gradient = normal(length, iteration + 1);
      step(nd4j, expected, gradient, iteration);
      updates.adam(
          params,
          gradient,
          m,
          v,
          new ParameterUpdates.AdamStep(0.01, beta1, beta2, epsilon, iteration),
          SCALE);
      assertThat(cells(gradient)).containsExactly(cells(normal(length, iteration + 1)));
    }
    assertClose(params, expected);
    assertClose(m, nd4j.getM());
    assertClose(v, nd4j.getV());
  }

  /** Where beta1^t or beta2^t is 1 or both rates vanish, ND4J steps by epsilon. */
  @ParameterizedTest
  @CsvSource({"0.9, 0.999, 0, 0.01", "0.9, 1, 0.5, 0.01", "1, 0.999, 0.5, 0.01"})
  void adamsRateIsNd4jsWhereItsCorrectionFails(
      double beta1, double beta2, double epsilon, double rate) {
    AdamUpdater nd4j = new AdamUpdater(new Adam(rate, beta1, beta2, epsilon));
    nd4j.setStateViewArray(Nd4j.zeros(1, 8), new long[] {1, 4}, 'c', true);
    INDArray params = Nd4j.createFromArray(1f, 2f, -1f, 0.5f).reshape(1, 4);
    INDArray expected = params.dup();
    INDArray gradient = Nd4j.createFromArray(1f, -2f, 3f, 0.1f).reshape(1, 4);
    step(nd4j, expected, gradient, 0);
    updates.adam(
        params,
        gradient,
        Nd4j.zeros(1, 4),
        Nd4j.zeros(1, 4),
        new ParameterUpdates.AdamStep(rate, beta1, beta2, epsilon, 0),
        SCALE);
    assertClose(params, expected);
  }

  /** As DL4J steps: the mean derivative becomes the update, which is subtracted. */
  private static void step(
      GradientUpdater<?> nd4j, INDArray params, INDArray gradient, int iteration) {
    INDArray update = gradient.mul(SCALE);
    nd4j.applyUpdater(update, iteration, 0);
    params.subi(update);
  }

  private static void assertClose(INDArray actual, INDArray expected) {
    assertThat(cells(actual)).containsExactly(cells(expected), within(2e-6));
    assertThat(actual.norm2Number().doubleValue()).isGreaterThan(0);
  }

  private static INDArray normal(int length, int seed) {
    Random random = new Random(seed);
    INDArray array = Nd4j.create(1, length);
    for (int i = 0; i < length; i++) {
      array.putScalar(i, random.nextGaussian());
    }
    return array;
  }

  private static double[] cells(INDArray array) {
    return array.dup('c').data().asDouble();
  }
}
