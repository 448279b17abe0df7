package io.github.dae4j.stacked.finetuning;

import io.github.dae4j.stacked.internal.EpochIterator;
import io.github.dae4j.stacked.internal.RunSeed;
import io.github.dae4j.stacked.internal.RunSeed.Purpose;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Few rows with labels beside many without, for a {@link io.github.dae4j.stacked.ladder.Ladder}: an
 * epoch is a pass over those without, and those with labels come again and again.
 *
 * <p>A minibatch has labelled rows first, then as many of the others: features [n, nIn], labels [n,
 * nOut], and a label mask [n, 1], 1 where the label is known. (seed, epoch) determine the order.
 */
public final class PartlyLabelledIterator implements EpochIterator {

  private static final long serialVersionUID = 1L;

  private final INDArray features;
  private final INDArray labels;
  private final INDArray unlabelled;
  private final int minibatch;
  private final long seed;
  private DataSetPreProcessor preProcessor;
  private int[] order;
  private int[] labelledOrder;
  private int pass;
  private int epoch;
  private int next;
  private int nextLabelled;

  /**
   * Shuffles both, which are not copied.
   *
   * @param unlabelled [m, nIn]; the labelled rows may be among them
   * @param minibatch rows of each kind; all labelled ones where they are fewer
   * @throws IllegalArgumentException unless these are matrices of one width without masks
   */
  public PartlyLabelledIterator(DataSet labelled, INDArray unlabelled, int minibatch, long seed) {
    Objects.requireNonNull(labelled, "PartlyLabelledIterator labelled must not be null");
    features = matrix("features", labelled.getFeatures());
    labels = matrix("labels", labelled.getLabels());
    this.unlabelled = matrix("unlabelled", unlabelled);
    if (labelled.hasMaskArrays()) {
      throw new IllegalArgumentException("PartlyLabelledIterator labelled must have no masks");
    }
    if (unlabelled.size(1) != features.size(1)) {
      throw new IllegalArgumentException(
          "PartlyLabelledIterator unlabelled must have %d columns, as the labelled, got %d"
              .formatted(features.size(1), unlabelled.size(1)));
    }
    if (!(minibatch >= 1)) {
      throw new IllegalArgumentException(
          "PartlyLabelledIterator minibatch must be >= 1, got " + minibatch);
    }
    this.minibatch = minibatch;
    this.seed = seed;
    beginEpoch(0, 0);
  }

  private static INDArray matrix(String what, INDArray array) {
    if (array == null || array.rank() != 2) {
      throw new IllegalArgumentException(
          "PartlyLabelledIterator %s must be a matrix, got %s"
              .formatted(what, array == null ? null : Arrays.toString(array.shape())));
    }
    return array;
  }

  @Override
  public void beginEpoch(int epoch, long iteration) {
    this.epoch = epoch;
    next = 0;
    pass = -1;
    order = order(unlabelled, Purpose.FINE_TUNING_ORDER, 0);
    nextPass();
  }

  private void nextPass() {
    pass++;
    nextLabelled = 0;
    labelledOrder = order(features, Purpose.LABELLED_ORDER, pass);
  }

  private int[] order(INDArray rows, Purpose purpose, int pass) {
    return RunSeed.permutation(
        Math.toIntExact(rows.size(0)), new RunSeed(seed).of(purpose, pass, epoch));
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

  /** So many rows without labels, and as many with them. */
  @Override
  public DataSet next(int rows) {
    if (!hasNext()) {
      throw new NoSuchElementException("epoch %d has no minibatch left".formatted(epoch));
    }
    int[] without = Arrays.copyOfRange(order, next, next + Math.min(rows, order.length - next));
    next += without.length;
    int[] with = labelledRows(Math.min(rows, labelledOrder.length));
    INDArray known = Nd4j.pullRows(labels, 1, with);
    INDArray x =
        Nd4j.concat(0, Nd4j.pullRows(features, 1, with), Nd4j.pullRows(unlabelled, 1, without));
    INDArray unknown = Nd4j.zeros(known.dataType(), without.length, known.size(1));
    INDArray mask =
        Nd4j.concat(
            0,
            Nd4j.ones(known.dataType(), with.length, 1),
            Nd4j.zeros(known.dataType(), without.length, 1));
    DataSet result = new DataSet(x, Nd4j.concat(0, known, unknown), null, mask);
    if (preProcessor != null) {
      preProcessor.preProcess(result);
    }
    return result;
  }

  /** The next ones; what a pass has left over comes in another order. */
  private int[] labelledRows(int rows) {
    if (nextLabelled + rows > labelledOrder.length) {
      nextPass();
    }
    nextLabelled += rows;
    return Arrays.copyOfRange(labelledOrder, nextLabelled - rows, nextLabelled);
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
