package io.github.dae4j.stacked.finetuning;

import io.github.dae4j.stacked.internal.EpochIterator;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;

/** Minibatches of a data set in memory, in an order of each epoch's own. */
abstract class InMemoryIterator implements EpochIterator {

  private static final long serialVersionUID = 1L;

  final INDArray features;
  final INDArray labels;
  private final String name;
  private final int minibatch;
  private DataSetPreProcessor preProcessor;
  private int[] order;
  private int epoch;
  private int next;

  /**
   * On a data set, which is not copied.
   *
   * @param name of the class and of the set, in errors
   */
  InMemoryIterator(String name, String set, DataSet data, int minibatch) {
    this.name = name;
    features = matrix("features", data.getFeatures());
    labels = matrix("labels", data.getLabels());
    if (data.hasMaskArrays()) {
      throw new IllegalArgumentException("%s %s must have no masks".formatted(name, set));
    }
    if (!(minibatch >= 1)) {
      throw new IllegalArgumentException(
          "%s minibatch must be >= 1, got %d".formatted(name, minibatch));
    }
    this.minibatch = minibatch;
  }

  final INDArray matrix(String what, INDArray array) {
    if (array == null || array.rank() != 2) {
      throw new IllegalArgumentException(
          "%s %s must be a matrix, got %s"
              .formatted(name, what, array == null ? null : Arrays.toString(array.shape())));
    }
    return array;
  }

  @Override
  public final void beginEpoch(int epoch, long iteration) {
    this.epoch = epoch;
    next = 0;
    order = order(epoch);
  }

  /** The order of an epoch. */
  abstract int[] order(int epoch);

  /**
   * A minibatch of these rows.
   *
   * @param examples that were asked for; at the end of an epoch there are fewer rows
   */
  abstract DataSet minibatch(int[] rows, int examples);

  final int epoch() {
    return epoch;
  }

  /** Goes to the next epoch. */
  @Override
  public final void reset() {
    beginEpoch(epoch + 1, 0);
  }

  @Override
  public final boolean hasNext() {
    return next < order.length;
  }

  @Override
  public final DataSet next() {
    return next(minibatch);
  }

  @Override
  public final DataSet next(int examples) {
    if (!hasNext()) {
      throw new NoSuchElementException("epoch %d has no minibatch left".formatted(epoch));
    }
    int[] rows = Arrays.copyOfRange(order, next, next + Math.min(examples, order.length - next));
    next += rows.length;
    DataSet result = minibatch(rows, examples);
    if (preProcessor != null) {
      preProcessor.preProcess(result);
    }
    return result;
  }

  @Override
  public final boolean resetSupported() {
    return true;
  }

  @Override
  public final boolean asyncSupported() {
    return true;
  }

  @Override
  public final int batch() {
    return minibatch;
  }

  @Override
  public final int inputColumns() {
    return Math.toIntExact(features.size(1));
  }

  @Override
  public final int totalOutcomes() {
    return Math.toIntExact(labels.size(1));
  }

  @Override
  public final void setPreProcessor(DataSetPreProcessor preProcessor) {
    this.preProcessor = preProcessor;
  }

  @Override
  public final DataSetPreProcessor getPreProcessor() {
    return preProcessor;
  }

  @Override
  public final List<String> getLabels() {
    return null;
  }
}
