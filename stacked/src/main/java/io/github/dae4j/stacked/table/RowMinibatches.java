package io.github.dae4j.stacked.table;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Rows in minibatches of one size, shuffled again when they have all been seen. */
final class RowMinibatches implements DataSetIterator {

  private static final long serialVersionUID = 1L;

  private final int[] order;
  private final int[] rows;
  private final int batch;
  private final int updates;
  private final long seed;
  private final transient Function<int[], DataSet> minibatch;
  private transient SplittableRandom random;
  private int position;
  private int given;

  RowMinibatches(
      int[] rows, int batch, int updates, long seed, Function<int[], DataSet> minibatch) {
    this.batch = Math.min(batch, rows.length);
    this.rows = rows;
    this.updates = updates;
    this.seed = seed;
    this.minibatch = minibatch;
    order = rows.clone();
    reset();
  }

  @Override
  public void reset() {
    random = new SplittableRandom(seed);
    System.arraycopy(rows, 0, order, 0, rows.length);
    position = order.length;
    given = 0;
  }

  @Override
  public boolean hasNext() {
    return given < updates;
  }

  @Override
  public DataSet next() {
    if (position + batch > order.length) {
      shuffle(order, random);
      position = 0;
    }
    given++;
    position += batch;
    return minibatch.apply(Arrays.copyOfRange(order, position - batch, position));
  }

  /** Puts numbers into a random order (Fisher and Yates). */
  static void shuffle(int[] order, SplittableRandom random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int row = order[i];
      order[i] = order[j];
      order[j] = row;
    }
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public DataSet next(int rows) {
    throw new UnsupportedOperationException("minibatches have " + batch + " rows");
  }

  @Override
  public int inputColumns() {
    throw new UnsupportedOperationException("ask a minibatch");
  }

  @Override
  public int totalOutcomes() {
    throw new UnsupportedOperationException("ask a minibatch");
  }

  @Override
  public boolean resetSupported() {
    return true;
  }

  @Override
  public boolean asyncSupported() {
    return false;
  }

  @Override
  public void setPreProcessor(DataSetPreProcessor preProcessor) {
    throw new UnsupportedOperationException("rows are as they must be");
  }

  @Override
  public DataSetPreProcessor getPreProcessor() {
    return null;
  }

  @Override
  public List<String> getLabels() {
    return null;
  }
}
