package io.github.dae4j.corruption;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The corrupted values of a minibatch, written where they are needed, some rows at a time. */
@FunctionalInterface
public interface CorruptedRows {

  /**
   * Writes the rows from one on; several threads may at a time.
   *
   * @param x [n, features], in the type of the clean input, its cells in 'c' order without gaps
   */
  void write(long first, INDArray x);
}
