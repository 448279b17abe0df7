package io.github.dae4j.stacked.finetuning;

import io.github.dae4j.stacked.internal.FiniteInput;
import io.github.dae4j.stacked.internal.MappedIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** The minibatches of another iterator, which must have labels and finite numbers. */
final class LabelledIterator extends MappedIterator {

  private static final long serialVersionUID = 1L;

  private final String set;
  private final transient FiniteInput finite;
  private final boolean masked;
  private int examples;

  /**
   * Checks minibatches as they come.
   *
   * @param set the iterator's name in errors
   * @param network that they are for
   * @param masked whether labels that a mask leaves out are left alone; DL4J's losses multiply them
   *     by 0, which makes NaN of NaN
   */
  LabelledIterator(String set, DataSetIterator source, MultiLayerNetwork network, boolean masked) {
    super(source);
    this.set = set;
    this.masked = masked;
    finite = FiniteInput.of(set, network);
  }

  @Override
  public void beginEpoch(int epoch, long iteration) {
    super.beginEpoch(epoch, iteration);
    examples = 0;
  }

  @Override
  public void reset() {
    super.reset();
    examples = 0;
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
    if (minibatch.getFeatures() != null) {
      long rows = minibatch.getFeatures().size(0);
      long labels = minibatch.getLabels().size(0);
      if (rows != labels) {
        throw new IllegalArgumentException(
            "fine-tuning needs a label for each row, but the %s set has a minibatch with %d for %d"
                .formatted(set, labels, rows));
      }
      finite.require(minibatch.getFeatures(), examples);
    }
    finite.requireLabels(
        minibatch.getLabels(), masked ? minibatch.getLabelsMaskArray() : null, examples);
    examples += minibatch.numExamples();
    return minibatch;
  }

  private IllegalArgumentException unlabelled(NullPointerException cause) {
    return new IllegalArgumentException(
        "fine-tuning needs labels, but the %s set has a minibatch without".formatted(set), cause);
  }
}
