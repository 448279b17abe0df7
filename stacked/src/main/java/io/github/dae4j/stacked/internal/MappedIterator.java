package io.github.dae4j.stacked.internal;

import java.util.List;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** The minibatches of another iterator, each made into another. */
public abstract class MappedIterator implements EpochIterator {

  private static final long serialVersionUID = 1L;

  private final DataSetIterator source;

  protected MappedIterator(DataSetIterator source) {
    this.source = source;
  }

  /** What becomes of a minibatch, which must not be modified: it may be a view of the data. */
  protected abstract DataSet map(DataSet minibatch);

  @Override
  public DataSet next() {
    return map(source.next());
  }

  @Override
  public DataSet next(int examples) {
    return map(source.next(examples));
  }

  @Override
  public boolean hasNext() {
    return source.hasNext();
  }

  @Override
  public void reset() {
    source.reset();
  }

  /** Of a source that does not know epochs, each begins at the same first minibatch. */
  @Override
  public void beginEpoch(int epoch, long iteration) {
    EpochIterator.begin(source, epoch, iteration);
  }

  @Override
  public boolean resetSupported() {
    return source.resetSupported();
  }

  /** False: the order of random draws would depend on threads. */
  @Override
  public boolean asyncSupported() {
    return false;
  }

  @Override
  public int inputColumns() {
    return source.inputColumns();
  }

  @Override
  public int totalOutcomes() {
    return source.totalOutcomes();
  }

  @Override
  public int batch() {
    return source.batch();
  }

  @Override
  public void setPreProcessor(DataSetPreProcessor preProcessor) {
    source.setPreProcessor(preProcessor);
  }

  @Override
  public DataSetPreProcessor getPreProcessor() {
    return source.getPreProcessor();
  }

  @Override
  public List<String> getLabels() {
    return source.getLabels();
  }
}
