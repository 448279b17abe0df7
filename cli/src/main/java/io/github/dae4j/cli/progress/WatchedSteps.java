package io.github.dae4j.cli.progress;

import io.github.dae4j.datasets.Watcher;
import io.github.dae4j.listener.ScoreListener;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

/** A training as a task: counts its minibatches, for who wants no more than to see it advance. */
public final class WatchedSteps extends BaseTrainingListener implements ScoreListener {

  private final String task;
  private final long steps;
  private final Watcher watcher;
  private long done;

  /**
   * Begins the task.
   *
   * @param steps how many minibatches there are at most, over all epochs
   */
  public WatchedSteps(String task, long steps, Watcher watcher) {
    this.task = task;
    this.steps = steps;
    this.watcher = watcher;
    watcher.update(task, 0, steps);
  }

  @Override
  public void iterationDone(Model model, int iteration, int epoch) {
    watcher.update(task, ++done, steps);
  }
}
