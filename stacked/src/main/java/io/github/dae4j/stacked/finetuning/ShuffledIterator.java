package io.github.dae4j.stacked.finetuning;

import io.github.dae4j.stacked.internal.RunSeed;
import java.util.Objects;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The examples of a data set in an order of each epoch's own, which (seed, epoch) determine: any
 * epoch can be run again and comes out the same.
 *
 * <p>Minibatches are copies: features [minibatch, nIn], labels [minibatch, nOut].
 */
public final class ShuffledIterator extends InMemoryIterator {

  private static final long serialVersionUID = 1L;

  private final long seed;

  /**
   * Shuffles a data set, which is not copied.
   *
   * @throws IllegalArgumentException unless features and labels are matrices without masks and
   *     {@code minibatch} is at least 1
   */
  public ShuffledIterator(DataSet data, int minibatch, long seed) {
    super(
        "ShuffledIterator",
        "data",
        Objects.requireNonNull(data, "ShuffledIterator data must not be null"),
        minibatch);
    this.seed = seed;
    beginEpoch(0, 0);
  }

  @Override
  int[] order(int epoch) {
    return RunSeed.permutation(
        Math.toIntExact(features.size(0)),
        new RunSeed(seed).of(RunSeed.Purpose.FINE_TUNING_ORDER, 0, epoch));
  }

  @Override
  DataSet minibatch(int[] rows, int examples) {
    return new DataSet(Nd4j.pullRows(features, 1, rows), Nd4j.pullRows(labels, 1, rows));
  }
}
