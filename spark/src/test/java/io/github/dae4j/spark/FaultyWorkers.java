package io.github.dae4j.spark;

import java.util.function.Consumer;
import org.apache.spark.TaskContext;

/** A cluster on which things happen: tasks fail and dawdle, and something is done before rounds. */
final class FaultyWorkers implements Workers {

  private final Workers workers;
  private final Consumer<Work.Moment> beforeRound;

  FaultyWorkers(Workers workers, Consumer<Work.Moment> beforeRound) {
    this.workers = workers;
    this.beforeRound = beforeRound;
  }

  @Override
  public Averages round(Work work, Work.Moment moment, float[] start, float[] updater) {
    beforeRound.accept(moment);
    return workers.round(new Faulty(work), moment, start, updater);
  }

  @Override
  public double error(Work work, float[] weights) {
    return workers.error(work, weights);
  }

  @Override
  public void advance(LayerWork below, float[] weights) {
    workers.advance(below, weights);
  }

  @Override
  public void rewind() {
    workers.rewind();
  }

  /** The same work, of which some tasks fail at first, after all is done, and some come late. */
  private static final class Faulty extends Work {

    private static final long serialVersionUID = 1L;

    private final Work work;

    Faulty(Work work) {
      super("", work.stage(), work.rounds(), 0);
      this.work = work;
    }

    @Override
    int[] slices(Moment moment) {
      return work.slices(moment);
    }

    @Override
    Share train(int index, Slice slice, float[] start, float[] updater, Moment moment) {
      Share share = work.train(index, slice, start, updater, moment);
      TaskContext task = TaskContext.get();
      if (task.attemptNumber() == 0 && (index + moment.round()) % 5 == 0) {
        throw new IllegalStateException("a task that fails on purpose");
      }
      if (index % 3 == 0) {
        try {
          Thread.sleep(50);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      return share;
    }

    @Override
    Share train(
        int worker,
        Slice slice,
        int[] order,
        float[] start,
        float[] updater,
        Moment moment,
        long corruption) {
      return work.train(worker, slice, order, start, updater, moment, corruption);
    }

    @Override
    double error(Slice slice, float[] weights, long corruption) {
      return work.error(slice, weights, corruption);
    }
  }
}
