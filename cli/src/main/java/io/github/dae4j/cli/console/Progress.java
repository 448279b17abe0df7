package io.github.dae4j.cli.console;

import io.github.dae4j.cli.console.Console.Epoch;
import io.github.dae4j.listener.ScoreListener;
import java.util.Arrays;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

/**
 * Follows the pretraining of one layer: the mean cost over the minibatches of each epoch while it
 * trains, its seconds, and a line for each epoch, with a bar above it on a terminal.
 */
public final class Progress extends BaseTrainingListener implements ScoreListener, AutoCloseable {

  private final String task;
  private final int epochs;
  private final int minibatches;
  private final Console console;
  private final double[] costs;
  private final double[] seconds;
  private int epoch;
  private int minibatch;
  private double sum;
  private long start;
  private ProgressBar bar;

  /** For {@code epochs} passes of {@code minibatches} steps each. */
  public Progress(String task, int epochs, int minibatches, Console console) {
    this.task = task;
    this.epochs = epochs;
    this.minibatches = minibatches;
    this.console = console;
    costs = new double[epochs];
    seconds = new double[epochs];
  }

  @Override
  public void onEpochStart(Model model) {
    minibatch = 0;
    sum = 0;
    bar =
        console.isWatched()
            ? ProgressBars.newBar("epoch %d/%d".formatted(epoch + 1, epochs), minibatches)
            : null;
    start = System.nanoTime();
  }

  @Override
  public void iterationDone(Model model, int iteration, int epochOfModel) {
    if (!Double.isFinite(model.score())) {
      throw new ArithmeticException(
          "%s: the cost is %s in epoch %d, minibatch %d; a lower --rate may help"
              .formatted(task, model.score(), epoch + 1, minibatch + 1));
    }
    sum += model.score();
    minibatch++;
    if (bar != null) {
      bar.step();
    }
  }

  @Override
  public void onEpochEnd(Model model) {
    seconds[epoch] = (System.nanoTime() - start) / 1e9;
    costs[epoch] = sum / minibatch;
    close();
    Epoch ended = new Epoch(task, epoch + 1, epochs, costs[epoch], null, seconds[epoch]);
    console.event("epoch", ended, line(ended));
    epoch++;
  }

  private static String line(Epoch ended) {
    return String.format(
        Locale.ROOT,
        "%s  epoch %2d/%d  cost %.2f nats  %.1f s",
        ended.stage(),
        ended.epoch(),
        ended.epochs(),
        ended.cost(),
        ended.seconds());
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  /** The mean cost of each finished epoch, in the loss's units. */
  public double[] costs() {
    return Arrays.copyOf(costs, epoch);
  }

  /** The seconds of each finished epoch. */
  public double[] seconds() {
    return Arrays.copyOf(seconds, epoch);
  }

  public double totalSeconds() {
    return Arrays.stream(seconds).sum();
  }
}
