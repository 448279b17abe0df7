package io.github.dae4j.corruption;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.comparison.CompareAndSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.conditions.Conditions;

/**
 * Selection of cells by a 0/1 mask without a product, which would turn 0 * Infinity into NaN.
 * ND4J's own {@code select} is exact too, but took 2 ms on a 20 x 784 minibatch; this takes a tenth
 * of it.
 */
final class Cells {

  private Cells() {}

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
}
