package io.github.dae4j.stacked.internal;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a layer trains on, one row an example: written once from first to last, then read in any
 * order.
 *
 * <p>A row is whatever the layer below gives for an example, of any rank and type; all rows of a
 * cache are alike.
 */
public interface CodeCache extends AutoCloseable {

  /**
   * Adds a minibatch [minibatch, ...] at the end.
   *
   * @throws IllegalArgumentException if its rows are unlike those before
   * @throws IllegalStateException if a row has been read already
   * @throws java.io.UncheckedIOException if it cannot be stored
   */
  void append(INDArray minibatch);

  /** The rows of these indices, in their order [indices, ...], in the workspace that is open. */
  INDArray read(int[] indices);

  int rows();

  long bytes();

  Place place();

  /** Gives memory and disk space back; a second time, does nothing. */
  @Override
  void close();

  /** Where the rows are. */
  enum Place {
    MEMORY,
    FILE
  }
}
