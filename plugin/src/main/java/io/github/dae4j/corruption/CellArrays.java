package io.github.dae4j.corruption;

import java.util.List;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.comparison.CompareAndSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.conditions.Conditions;

/**
 * Cells selected by a 0/1 mask, and rows of numbers. No cell goes through a product, which would
 * turn 0 * Infinity into NaN. ND4J's own {@code select} is exact too, but ten times slower.
 */
final class CellArrays {

  private CellArrays() {}

  /** {@code clean}, bit for bit, where {@code kept} is 1, and 0 where it is 0. */
  static INDArray keep(INDArray clean, INDArray kept) {
    return whereZeroElse(kept, clean);
  }

  /** {@code replacement} where {@code touched} is 1, and {@code clean}, bit for bit, elsewhere. */
  static INDArray replace(INDArray clean, INDArray touched, INDArray replacement) {
    // Adding -0, unlike adding +0, changes no number: not even -0 itself.
    // (neg() would make +0 of 0 in HALF.)
    INDArray minusZeroElse = whereZeroElse(touched.mul(-1), replacement);
    return keep(clean, touched.rsub(1)).addi(minusZeroElse);
  }

  /** The zero of {@code mask}, with its sign, where it is 0, and {@code other} elsewhere. */
  private static INDArray whereZeroElse(INDArray mask, INDArray other) {
    INDArray result = Nd4j.createUninitialized(other.dataType(), other.shape(), 'c');
    Nd4j.getExecutioner().exec(new CompareAndSet(other, mask, result, Conditions.equals(0)));
    return result;
  }

  /** Values of columns [1, columns]. */
  static INDArray row(List<Double> values, DataType type) {
    double[] copy = values.stream().mapToDouble(Double::doubleValue).toArray();
    return Nd4j.create(copy, new long[] {1, copy.length}, type);
  }

  /** 0, 1, ..., count - 1 as [1, count] in DOUBLE, which holds cell numbers exactly. */
  static INDArray numbers(long count) {
    // Nd4j.linspace would advance the default generator.
    double[] numbers = LongStream.range(0, count).asDoubleStream().toArray();
    return Nd4j.create(numbers, new long[] {1, count}, DataType.DOUBLE);
  }
}
