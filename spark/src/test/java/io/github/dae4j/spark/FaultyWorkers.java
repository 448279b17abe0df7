package io.github.dae4j.spark;

import java.util.function.Consumer;
import org.apache.spark.TaskContext;

/** A cluster on which things happen: tasks fail and dawdle, and something is done before rounds. */
final class FaultyWorkers implements Workers {

  private final Workers workers;
  private final Consumer<Work.Moment> beforeRound;
  private final boolean areSlow;

  FaultyWorkers(Workers workers, Consumer<Work.Moment> beforeRound) {
    this(workers, beforeRound, false);
  }

  private FaultyWorkers(Workers workers, Consumer<Work.Moment> beforeRound, boolean areSlow) {
    this.workers = workers;
    this.beforeRound = beforeRound;
    this.areSlow = areSlow;
  }

  /** No task fails, but the first attempts at some take so long that Spark copies them. */
  static FaultyWorkers slow(Workers workers) {
    return new FaultyWorkers(workers, moment -> {}, true);
  }

  @Override
  public Averages round(Work work, Work.Moment moment, float[] start, float[] updater) {
    beforeRound.accept(moment);
    return workers.round(new Faulty(work, areSlow), moment, start, updater);
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
    private final boolean isSlow;

    Faulty(Work work, boolean isSlow) {
      super("", work.stage(), work.rounds(), 0);
      this.work = work;
      this.isSlow = isSlow;
    }

    @Override
    int[] slices(Moment moment) {
      return work.slices(moment);
    }

    @Override
    Share train(int index, Slice slice, float[] start, float[] updater, Moment moment) {
      Share share = work.train(index, slice, start, updater, moment);
      boolean isFirst = TaskContext.get().attemptNumber() == 0;
      if (isSlow) {
        sleep(isFirst && index % 3 == 0 ? 60_000 : 0);
      } else {
        if (isFirst && (index + moment.round()) % 5 == 0) {
          throw new IllegalStateException("a task that fails on purpose");
        }
        sleep(index % 3 == 0 ? 50 : 0);
      }
      return share;
    }

    private static void sleep(long milliseconds) {
      try {
        Thread.sleep(milliseconds);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
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
