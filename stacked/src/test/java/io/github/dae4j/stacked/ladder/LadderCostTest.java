package io.github.dae4j.stacked.ladder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.stacked.ladder.Ladder.Combinator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Costs beside those of another program, {@code benchmarks/peers/torch_ladder.py --check}. */
class LadderCostTest {

  private static final int[] WIDTHS = {4, 3, 4, 3};
  private static final Units[] UNITS = {null, Units.RELU, Units.RELU, null};
  private static final double SUPERVISED = 0.950990378503942;
  private static final double[] DENOISING = {
    1.4410543824541615, 6.972880044365761, 19.71493609419581, 978.3628617598117
  };

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE"})
  void costsAreThoseOfPyTorch(DataType type) {
    double[] weights = {10, 3, 2, 1.5};
    LadderShape shape = new LadderShape(WIDTHS, UNITS, new double[4], weights, Combinator.GAUSSIAN);
    int count = (int) LadderParameters.count(shape);
    INDArray flat = array(type, count, i -> 0.7 * Math.sin(i + 1)).reshape(1, count);
    INDArray x = array(type, 32, i -> Math.cos((double) i * i)).reshape(8, 4);
    LadderStep step =
        new LadderStep(
            shape,
            new LadderParameters(shape, flat),
            new LadderParameters(shape, Nd4j.create(type, 1, count)));
    LadderStep.Costs costs =
        step.take(
            x.get(NDArrayIndex.interval(0, 5), NDArrayIndex.all()),
            x.get(NDArrayIndex.interval(5, 8), NDArrayIndex.all()),
            Nd4j.eye(3).castTo(type),
            1);
    double share = type == DataType.DOUBLE ? 1e-5 : 2e-3;
    assertThat(costs.supervised()).isCloseTo(SUPERVISED, within(share));
    for (int level = 0; level < DENOISING.length; level++) {
      assertThat(costs.denoising()[level])
          .isCloseTo(DENOISING[level], within(share * DENOISING[level]));
    }
  }

  private static INDArray array(DataType type, int n, IntToDoubleFunction value) {
    return Nd4j.createFromArray(IntStream.range(0, n).mapToDouble(value).toArray()).castTo(type);
  }
}
