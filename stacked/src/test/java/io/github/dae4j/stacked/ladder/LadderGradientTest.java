package io.github.dae4j.stacked.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.stacked.ladder.Ladder.Combinator;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Every derivative against differences of the cost, for every choice of levels with a cost. The
 * logistic function is an approximation, whose derivative is not quite s (1 - s).
 */
class LadderGradientTest {

  private static final int[] WIDTHS = {3, 2, 3, 3};
  private static final Units[] UNITS = {null, Units.RELU, Units.SIGMOID, null};
  private static final double[] NOISE = {0.3, 0.2, 0, 0.3};
  private static final double STEP = 1e-5;
  private static final long SEED = 3;

  /** Bit l stands for a cost at level l; 8 is the Gamma model. */
  static Stream<Arguments> choices() {
    return Stream.concat(
        IntStream.range(1, 16).mapToObj(levels -> Arguments.of(Combinator.GAUSSIAN, levels)),
        IntStream.of(5, 8, 15).mapToObj(levels -> Arguments.of(Combinator.MIXED, levels)));
  }

  @ParameterizedTest
  @MethodSource("choices")
  void derivativesAreThoseOfTheCost(Combinator combinator, int levels) {
    double[] weights = {10, 3, 2, 1.5};
    for (int level = 0; level < weights.length; level++) {
      weights[level] = (levels >> level & 1) == 1 ? weights[level] : 0;
    }
    LadderShape shape = new LadderShape(WIDTHS, UNITS, NOISE, weights, combinator);
    int count = (int) LadderParameters.count(shape);
    INDArray flat = normal(1, count, 1).muli(0.7);
    INDArray derivatives = Nd4j.create(DataType.DOUBLE, 1, count);
    LadderStep step =
        new LadderStep(
            shape, new LadderParameters(shape, flat), new LadderParameters(shape, derivatives));
    INDArray labels = Nd4j.eye(3).castTo(DataType.DOUBLE);
    INDArray unlabelled = normal(5, 3, 2);
    INDArray labelled = normal(3, 3, 3);

    step.take(unlabelled, labelled, labels, SEED);
    double[] found = derivatives.dup().data().asDouble();

    for (int i = 0; i < count; i++) {
      double value = flat.getDouble(0, i);
      flat.putScalar(0, i, value + STEP);
      double above = loss(step.take(unlabelled, labelled, labels, SEED), weights);
      flat.putScalar(0, i, value - STEP);
      double below = loss(step.take(unlabelled, labelled, labels, SEED), weights);
      flat.putScalar(0, i, value);
      double difference = (above - below) / (2 * STEP);
      assertThat(Math.abs(found[i] - difference))
          .as("parameter %d of %d: %s, by differences %s", i, count, found[i], difference)
          .isLessThan(1e-4 * Math.max(1, Math.abs(difference)));
    }
  }

  private static INDArray normal(int rows, int columns, long seed) {
    Random random = new Random(seed);
    double[] values = new double[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian();
    }
    return Nd4j.createFromArray(values).reshape('c', rows, columns);
  }

  private static double loss(LadderStep.Costs costs, double[] weights) {
    return costs.parts(weights).stream().reduce(0.0, Double::sum);
  }
}
