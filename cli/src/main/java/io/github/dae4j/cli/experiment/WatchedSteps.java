package io.github.dae4j.cli.experiment;

import io.github.dae4j.datasets.ProgressListener;
import io.github.dae4j.listener.ScoreListener;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

/** A training as a task: counts its minibatches, for who wants no more than to see it advance. */
public final class WatchedSteps extends BaseTrainingListener implements ScoreListener {

  private final String task;
  private final long steps;
  private final ProgressListener progress;
  private long done;

  /**
   * Begins the task.
   *
   * @param steps how many minibatches there are at most, over all epochs
   */
  public WatchedSteps(String task, long steps, ProgressListener progress) {
    this.task = task;
    this.steps = steps;
    this.progress = progress;
    progress.update(task, 0, steps);
  }

  @Override
  public void iterationDone(Model model, int iteration, int epoch) {
    progress.update(task, ++done, steps);
  }
}
