package io.github.dae4j.cli.experiment;

import io.github.dae4j.datasets.ProgressListener;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;

/** The minibatches of a set in their order; one pass over them is a task. */
public final class WatchedMinibatches extends ViewIterator {

  private static final long serialVersionUID = 1L;

  private final String task;
  private final long minibatches;
  private final transient ProgressListener progress;
  private long done;

  /** Begins the task. */
  public WatchedMinibatches(DataSet examples, int batch, String task, ProgressListener progress) {
    super(examples, batch);
    this.task = task;
    this.progress = progress;
    minibatches = (examples.numExamples() + batch - 1) / batch;
    progress.update(task, 0, minibatches);
  }

  @Override
  public DataSet next() {
    progress.update(task, Math.min(++done, minibatches), minibatches);
    return super.next();
  }

  @Override
  public void reset() {
    super.reset();
    done = 0;
  }
}
