package io.github.dae4j.benchmarks.jmh;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.random.impl.BernoulliDistribution;
import org.nd4j.linalg.factory.Nd4j;

/** Minibatches that are as empty as MNIST's. */
final class Digits {

  /** Pixels of an image. */
  static final int PIXELS = 784;

  private static final double INKED = 0.2;

  private Digits() {}

  /** Numbers in [0, 1), a fifth of them not 0: [rows, PIXELS] FLOAT. */
  static INDArray images(int rows) {
    INDArray inked = Nd4j.createUninitialized(DataType.FLOAT, rows, PIXELS);
    Nd4j.getExecutioner().exec(new BernoulliDistribution(inked, INKED));
    return Nd4j.rand(DataType.FLOAT, rows, PIXELS).muli(inked);
  }

  /** A 1 in each row: [rows, classes] FLOAT. */
  static INDArray labels(int rows, int classes) {
    INDArray labels = Nd4j.zeros(DataType.FLOAT, rows, classes);
    for (int row = 0; row < rows; row++) {
      labels.putScalar(row, row % classes, 1);
    }
    return labels;
  }
}
