package io.github.dae4j.stacked.run;

import io.github.dae4j.stacked.internal.EpochIterator;
import io.github.dae4j.stacked.internal.MappedIterator;
import java.util.function.Consumer;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** The minibatches of another iterator, whose fingerprint is known when one pass has ended. */
final class DigestedIterator extends MappedIterator {

  private static final long serialVersionUID = 1L;

  private final String set;
  private final transient Consumer<Fingerprint> atEnd;
  private final transient Runnable atMinibatch;
  private transient DataDigest digest = new DataDigest();

  /**
   * A pass that has not begun.
   *
   * @param set the name of the data in the fingerprint
   * @param atEnd gets the fingerprint once, before the reader knows that it has all
   * @param atMinibatch called at each; may throw to end the pass
   */
  DigestedIterator(
      String set, DataSetIterator source, Consumer<Fingerprint> atEnd, Runnable atMinibatch) {
    super(source);
    this.set = set;
    this.atEnd = atEnd;
    this.atMinibatch = atMinibatch;
  }

  @Override
  protected DataSet map(DataSet minibatch) {
    atMinibatch.run();
    if (digest != null) {
      digest.add(minibatch);
    }
    return minibatch;
  }

  @Override
  public boolean hasNext() {
    boolean more = super.hasNext();
    if (!more && digest != null) {
      Fingerprint fingerprint = digest.fingerprint(set);
      digest = null;
      atEnd.accept(fingerprint);
    }
    return more;
  }

  /** A pass for the fingerprint alone, if there was none. */
  void readUnlessRead() {
    if (digest == null) {
      return;
    }
    EpochIterator.begin(this, 0, 0);
    while (hasNext()) {
      next();
    }
  }
}
