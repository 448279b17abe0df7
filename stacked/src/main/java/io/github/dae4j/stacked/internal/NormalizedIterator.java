package io.github.dae4j.stacked.internal;

import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;

/**
 * The minibatches of another iterator with their features normalized, in copies: unlike a
 * preprocessor it cannot change data that the other iterator shows views of.
 */
public final class NormalizedIterator extends MappedIterator {

  private static final long serialVersionUID = 1L;

  private final transient DataNormalization normalization;

  /** Normalizes features by {@code normalization}, which has been fitted; labels stay. */
  public NormalizedIterator(DataSetIterator source, DataNormalization normalization) {
    super(source);
    this.normalization =
        Objects.requireNonNull(normalization, "NormalizedIterator normalization must not be null");
  }

  @Override
  protected DataSet map(DataSet minibatch) {
    INDArray normalized = minibatch.getFeatures().dup();
    normalization.transform(normalized, minibatch.getFeaturesMaskArray());
    return new DataSet(
        normalized,
        minibatch.getLabels(),
        minibatch.getFeaturesMaskArray(),
        minibatch.getLabelsMaskArray());
  }
}
