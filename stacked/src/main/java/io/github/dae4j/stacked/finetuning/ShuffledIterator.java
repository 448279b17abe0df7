package io.github.dae4j.stacked.finetuning;

import io.github.dae4j.stacked.internal.EpochIterator;
import io.github.dae4j.stacked.internal.RunSeed;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The examples of a data set in an order of each epoch's own, which (seed, epoch) determine: any
 * epoch can be run again and comes out the same.
 *
 * <p>Minibatches are copies: features [minibatch, nIn], labels [minibatch, nOut].
 */
public final class ShuffledIterator implements EpochIterator {

  private static final long serialVersionUID = 1L;

  private final INDArray features;
  private final INDArray labels;
  private final int minibatch;
  private final long seed;
  private DataSetPreProcessor preProcessor;
  private int[] order;
  private int epoch;
  private int next;

  /**
   * Shuffles a data set, which is not copied.
   *
   * @throws IllegalArgumentException unless features and labels are matrices without masks and
   *     {@code minibatch} is at least 1
   */
  public ShuffledIterator(DataSet data, int minibatch, long seed) {
    Objects.requireNonNull(data, "ShuffledIterator data must not be null");
    features = matrix("features", data.getFeatures());
    labels = matrix("labels", data.getLabels());
    if (data.hasMaskArrays()) {
      throw new IllegalArgumentException("ShuffledIterator data must have no masks");
    }
    if (!(minibatch >= 1)) {
      throw new IllegalArgumentException(
          "ShuffledIterator minibatch must be >= 1, got " + minibatch);
    }
    this.minibatch = minibatch;
    this.seed = seed;
    beginEpoch(0, 0);
  }

  private static INDArray matrix(String what, INDArray array) {
    if (array == null || array.rank() != 2) {
      throw new IllegalArgumentException(
          "ShuffledIterator %s must be a matrix, got %s"
              .formatted(what, array == null ? null : Arrays.toString(array.shape())));
    }
    return array;
  }

  @Override
  public void beginEpoch(int epoch, long iteration) {
    this.epoch = epoch;
    next = 0;
    order =
        RunSeed.permutation(
            Math.toIntExact(features.size(0)),
            new RunSeed(seed).of(RunSeed.Purpose.FINE_TUNING_ORDER, 0, epoch));
  }

  /** Goes to the next epoch. */
  @Override
  public void reset() {
    beginEpoch(epoch + 1, 0);
  }

  @Override
  public boolean hasNext() {
    return next < order.length;
  }

  @Override
  public DataSet next() {
    return next(minibatch);
  }

  @Override
  public DataSet next(int examples) {
    if (!hasNext()) {
      throw new NoSuchElementException("epoch %d has no minibatch left".formatted(epoch));
    }
    int[] rows = Arrays.copyOfRange(order, next, next + Math.min(examples, order.length - next));
    next += rows.length;
    DataSet result = new DataSet(Nd4j.pullRows(features, 1, rows), Nd4j.pullRows(labels, 1, rows));
    if (preProcessor != null) {
      preProcessor.preProcess(result);
    }
    return result;
  }

  @Override
  public boolean resetSupported() {
    return true;
  }

  @Override
  public boolean asyncSupported() {
    return true;
  }

  @Override
  public int batch() {
    return minibatch;
  }

  @Override
  public int inputColumns() {
    return Math.toIntExact(features.size(1));
  }

  @Override
  public int totalOutcomes() {
    return Math.toIntExact(labels.size(1));
  }

  @Override
  public void setPreProcessor(DataSetPreProcessor preProcessor) {
    this.preProcessor = preProcessor;
  }

  @Override
  public DataSetPreProcessor getPreProcessor() {
    return preProcessor;
  }

  @Override
  public List<String> getLabels() {
    return null;
  }
}
