package io.github.dae4j.stacked.finetuning;

import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.corruption.NoCorruption;
import io.github.dae4j.stacked.internal.MappedIterator;
import java.util.List;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The minibatches of another iterator with the clean features as labels and, if wanted, corrupted
 * ones as features: x [minibatch, nIn] -> (x~, x).
 *
 * <p>The randomness is {@code Nd4j.getRandom()}, drawn in the thread that asks for the minibatch.
 */
public final class ReconstructionIterator extends MappedIterator {

  private static final long serialVersionUID = 1L;

  private final Corruption corruption;
  private int iteration;
  private int epoch;

  private ReconstructionIterator(DataSetIterator source, Corruption corruption) {
    super(source);
    this.corruption =
        Objects.requireNonNull(corruption, "ReconstructionIterator corruption must not be null");
  }

  /** Reconstruct the input as it is. */
  public static ReconstructionIterator clean(DataSetIterator source) {
    return new ReconstructionIterator(source, new NoCorruption());
  }

  /** Reconstruct the clean input from a corrupted one, corrupted anew in each epoch. */
  public static ReconstructionIterator denoising(DataSetIterator source, Corruption corruption) {
    return new ReconstructionIterator(source, corruption);
  }

  @Override
  protected DataSet map(DataSet minibatch) {
    if (minibatch.getFeaturesMaskArray() != null) { // not to be trained on as if it were known
      throw new IllegalArgumentException(
          "ReconstructionIterator minibatches must have no features mask");
    }
    INDArray x = minibatch.getFeatures();
    INDArray corrupted = corruption.corrupt(x, Nd4j.getRandom(), iteration++, epoch).values();
    return new DataSet(corrupted, x);
  }

  /** Also takes a scheduled corruption to this place. */
  @Override
  public void beginEpoch(int epoch, long iteration) {
    super.beginEpoch(epoch, iteration);
    this.epoch = epoch;
    this.iteration = Math.toIntExact(iteration);
  }

  /** Also begins the next epoch of a scheduled corruption. */
  @Override
  public void reset() {
    super.reset();
    epoch++;
  }

  @Override
  public int totalOutcomes() {
    return inputColumns();
  }

  @Override
  public List<String> getLabels() {
    return null;
  }
}
