package io.github.dae4j.benchmarks;

import io.github.dae4j.listener.ScoreListener;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

/** Reads the score after each step, as whoever shows the loss of an epoch does. */
final class EpochLoss extends BaseTrainingListener implements ScoreListener {

  private double sum;
  private int steps;

  @Override
  public void iterationDone(Model model, int iteration, int epoch) {
    sum += model.score();
    steps++;
  }

  /** The mean of the scores since the last call. */
  double take() {
    double mean = sum / steps;
    sum = 0;
    steps = 0;
    return mean;
  }
}
