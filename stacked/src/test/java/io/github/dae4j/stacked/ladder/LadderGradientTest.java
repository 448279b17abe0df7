package io.github.dae4j.stacked.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.stacked.ladder.Ladder.Combinator;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Every derivative against differences of the cost, for every choice of levels with a cost. */
class LadderGradientTest {

  private static final int[] WIDTHS = {5, 4, 6, 3};
  private static final Units[] UNITS = {null, Units.RELU, Units.SIGMOID, null};
  private static final double STEP = 1e-5;
  private static final long SEED = 3;

  static Stream<Arguments> choices() {
    return Stream.of(Combinator.values())
        .flatMap(
            combinator ->
                Stream.iterate(1, bits -> bits < 16, bits -> bits + 1)
                    .map(bits -> Arguments.of(combinator, bits)));
  }

  @ParameterizedTest
  @MethodSource("choices")
  void derivativesAreThoseOfTheCost(Combinator combinator, int levels) {
    double[] weights = {10, 3, 2, 1.5};
    for (int level = 0; level < weights.length; level++) {
      weights[level] = (levels >> level & 1) == 1 ? weights[level] : 0;
    }
    LadderShape shape =
        new LadderShape(WIDTHS, UNITS, new double[] {0.3, 0.2, 0, 0.3}, weights, combinator);
    long count = LadderParameters.count(shape);
    INDArray flat = normal(1, (int) count, 1).muli(0.7);
    INDArray derivatives = Nd4j.create(DataType.DOUBLE, 1, count);
    LadderStep step =
        new LadderStep(
            shape, new LadderParameters(shape, flat), new LadderParameters(shape, derivatives));
    INDArray labels = Nd4j.zeros(DataType.DOUBLE, 4, 3);
    for (int row = 0; row < 4; row++) {
      labels.putScalar(row, row % 3, 1);
    }
    INDArray unlabelled = normal(7, 5, 2);
    INDArray labelled = normal(4, 5, 3);

    step.take(unlabelled, labelled, labels, SEED);
    double[] found = derivatives.dup().data().asDouble();

    for (int i = 0; i < count; i++) {
      double value = flat.getDouble(0, i);
      flat.putScalar(0, i, value + STEP);
      double above = step.take(unlabelled, labelled, labels, SEED).total(weights);
      flat.putScalar(0, i, value - STEP);
      double below = step.take(unlabelled, labelled, labels, SEED).total(weights);
      flat.putScalar(0, i, value);
      double difference = (above - below) / (2 * STEP);
      assertThat(Math.abs(found[i] - difference))
          .as("parameter %d of %d: %s, by differences %s", i, count, found[i], difference)
          .isLessThan(1e-6 * Math.max(1, Math.abs(difference)));
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
}
