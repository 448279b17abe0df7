package io.github.dae4j.corruption;

import java.util.List;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Row vectors [1, columns]. */
final class Rows {

  private Rows() {}

  static INDArray row(List<Double> values, DataType type) {
    double[] copy = values.stream().mapToDouble(Double::doubleValue).toArray();
    return Nd4j.create(copy, new long[] {1, copy.length}, type);
  }

  /** 0, 1, ..., count - 1 in DOUBLE, which holds cell numbers exactly. */
  static INDArray numbers(long count) {
    // Nd4j.linspace would advance the default generator.
    double[] numbers = LongStream.range(0, count).asDoubleStream().toArray();
    return Nd4j.create(numbers, new long[] {1, count}, DataType.DOUBLE);
  }
}
