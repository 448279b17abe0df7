package io.github.dae4j.stacked.internal;

import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Minibatches that may differ from epoch to epoch, in a way that the epoch's number determines. */
public interface EpochIterator extends DataSetIterator {

  /**
   * Goes to the first minibatch of an epoch, wherever it was before.
   *
   * @param epoch counted from 0
   * @param iteration the minibatches of all epochs before it
   */
  void beginEpoch(int epoch, long iteration);

  /** Does so where the iterator knows epochs, and else resets it where that is supported. */
  static void begin(DataSetIterator minibatches, int epoch, long iteration) {
    if (minibatches instanceof EpochIterator epochs) {
      epochs.beginEpoch(epoch, iteration);
    } else if (minibatches.resetSupported()) {
      minibatches.reset();
    }
  }
}
