package io.github.dae4j.stacked.finetuning;

import io.github.dae4j.stacked.internal.MappedIterator;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** The minibatches of another iterator, which must have labels. */
final class LabelledIterator extends MappedIterator {

  private static final long serialVersionUID = 1L;

  private final String set;

  /**
   * Checks minibatches as they come.
   *
   * @param set the iterator's name in errors
   */
  LabelledIterator(String set, DataSetIterator source) {
    super(source);
    this.set = set;
  }

  /** DL4J's own iterators fail in one way or another where there are no labels. */
  @Override
  public DataSet next() {
    try {
      return super.next();
    } catch (NullPointerException e) {
      throw unlabelled(e);
    }
  }

  @Override
  protected DataSet map(DataSet minibatch) {
    if (minibatch.getLabels() == null) {
      throw unlabelled(null);
    }
    return minibatch;
  }

  private IllegalArgumentException unlabelled(NullPointerException cause) {
    return new IllegalArgumentException(
        "fine-tuning needs labels, but the %s set has a minibatch without".formatted(set), cause);
  }
}
