package io.github.dae4j.stacked.internal;

import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;

/**
 * The minibatches of another iterator with their features normalized, in copies: unlike a
 * preprocessor it cannot change data that the other iterator shows views of. Whole numbers and HALF
 * become FLOAT first, for they have no room for what normalization makes of them.
 */
public final class NormalizedIterator extends MappedIterator {

  private static final long serialVersionUID = 1L;

  private final transient DataNormalization normalization;

  /**
   * Normalizes features by {@code normalization}, which has been fitted; labels stay.
   *
   * @throws IllegalArgumentException if the source normalizes already
   */
  public NormalizedIterator(DataSetIterator source, DataNormalization normalization) {
    super(requireNotNormalized(source));
    this.normalization =
        Objects.requireNonNull(normalization, "NormalizedIterator normalization must not be null");
  }

  private static DataSetIterator requireNotNormalized(DataSetIterator source) {
    if (preProcessor(source) instanceof DataNormalization twice) {
      throw new IllegalArgumentException(
          ("the iterator has a %s as its preprocessor, and the stack a normalization:"
                  + " normalize in one of them")
              .formatted(twice.getClass().getSimpleName()));
    }
    return source;
  }

  private static DataSetPreProcessor preProcessor(DataSetIterator source) {
    try {
      return source.getPreProcessor();
    } catch (UnsupportedOperationException e) { // as iterators without one may say
      return null;
    }
  }

  @Override
  protected DataSet map(DataSet minibatch) {
    INDArray normalized = wide(minibatch.getFeatures());
    normalization.transform(normalized, minibatch.getFeaturesMaskArray());
    return new DataSet(
        normalized,
        minibatch.getLabels(),
        minibatch.getFeaturesMaskArray(),
        minibatch.getLabelsMaskArray());
  }

  /** A copy, in FLOAT at least. */
  private static INDArray wide(INDArray features) {
    DataType type = features.dataType();
    return type == DataType.FLOAT || type == DataType.DOUBLE
        ? features.dup()
        : features.castTo(DataType.FLOAT);
  }
}
