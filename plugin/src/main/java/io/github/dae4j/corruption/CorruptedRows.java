package io.github.dae4j.corruption;

import org.nd4j.linalg.api.ndarray.INDArray;

/** The corrupted values of a minibatch, written where they are needed, some rows at a time. */
@FunctionalInterface
public interface CorruptedRows {

  /**
   * Writes every cell of some rows; several threads may, each other rows, at a time.
   *
   * @param first the place of the first of them in the minibatch
   * @param x [n, features], in the type of the clean input, its cells in 'c' order without gaps,
   *     with anything in them
   */
  void write(long first, INDArray x);
}
