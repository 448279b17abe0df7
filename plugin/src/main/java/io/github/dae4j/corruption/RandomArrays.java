package io.github.dae4j.corruption;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.random.impl.BernoulliDistribution;
import org.nd4j.linalg.api.ops.random.impl.GaussianDistribution;
import org.nd4j.linalg.api.ops.random.impl.UniformDistribution;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Fresh random arrays. They are in 'c' order whatever the input is in, because ND4J draws in the
 * order of memory, and never drawn in a type below FLOAT, because ND4J's HALF draws are skewed.
 */
final class RandomArrays {

  private RandomArrays() {}

  /** 1 with the given probability and 0 otherwise, in the input's shape and type. */
  static INDArray bernoulli(double probability, INDArray like, Random random) {
    return bernoulli(probability, like.dataType(), random, like.shape());
  }

  static INDArray bernoulli(double probability, DataType type, Random random, long... shape) {
    INDArray drawn = Nd4j.createUninitialized(drawType(type), shape, 'c');
    // ND4J compares u <= p with a u that can be 0, so that p = 0 would let a cell through.
    double bound = probability > 0 ? probability : -1;
    Nd4j.getExecutioner().exec(new BernoulliDistribution(drawn, bound), random);
    return drawn.castTo(type);
  }

  /** FLOAT numbers in [0, 1): multiples of 2^-23, so that equal ones are not rare. */
  static INDArray uniform(Random random, long... shape) {
    INDArray drawn = Nd4j.createUninitialized(DataType.FLOAT, shape, 'c');
    Nd4j.getExecutioner().exec(new UniformDistribution(drawn, 0, 1), random);
    return drawn;
  }

  static INDArray gaussian(double standardDeviation, INDArray like, Random random) {
    INDArray drawn = Nd4j.createUninitialized(drawType(like.dataType()), like.shape(), 'c');
    Nd4j.getExecutioner().exec(new GaussianDistribution(drawn, 0, standardDeviation), random);
    return drawn.castTo(like.dataType());
  }

  private static DataType drawType(DataType type) {
    return type == DataType.DOUBLE ? DataType.DOUBLE : DataType.FLOAT;
  }
}
