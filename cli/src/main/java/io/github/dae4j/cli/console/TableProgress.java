package io.github.dae4j.cli.console;

import io.github.dae4j.stacked.table.TableModel;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;

/**
 * Follows the training of a table's model: on a terminal a bar for each network, elsewhere a line
 * when it is trained.
 */
public final class TableProgress implements TableModel.Progress, AutoCloseable {

  private static final double MEMORY = 0.98; // of the loss that is shown, from step to step

  /** A network that is trained. */
  record Network(
      String network, int number, int networks, int minibatches, double loss, double seconds) {

    String line() {
      return String.format(
          Locale.ROOT,
          "%-11s  network %d/%d  %,d minibatches  loss %.4g  %.1f s",
          network,
          number,
          networks,
          minibatches,
          loss,
          seconds);
    }
  }

  private final Console console;
  private Stages reading;
  private volatile boolean isStopped;
  private ProgressBar bar;
  private TableModel.TrainingStep last;
  private double loss;
  private long start;

  /** Says at first that rows are read. */
  public TableProgress(Console console) {
    this.console = console;
    reading = new Stages(console);
    reading.update("Reading rows", 0, -1);
  }

  /** From any thread: ends the training after the present minibatch. */
  public void stop() {
    isStopped = true;
  }

  @Override
  public boolean isStopped() {
    return isStopped;
  }

  @Override
  public void update(TableModel.TrainingStep step) {
    if (last == null || last.number() != step.number()) {
      end();
      start = System.nanoTime();
      loss = step.loss();
      String task = "%s (%d/%d)".formatted(step.network(), step.number(), step.networks());
      bar = console.isWatched() ? ProgressBars.newBar(task, step.minibatches()) : null;
    }
    last = step;
    loss = MEMORY * loss + (1 - MEMORY) * step.loss();
    if (bar != null) {
      bar.stepTo(step.minibatch());
      bar.setExtraMessage(String.format(Locale.ROOT, "  loss %.4g", loss));
    }
  }

  private void end() {
    if (reading != null) {
      reading.close();
      reading = null;
    }
    if (bar != null) {
      bar.close();
      bar = null;
    }
    if (last != null && last.minibatch() == last.minibatches()) {
      Network network =
          new Network(
              last.network(),
              last.number(),
              last.networks(),
              last.minibatches(),
              loss,
              (System.nanoTime() - start) / 1e9);
      console.event("network", network, network.line());
    }
    last = null;
  }

  /** Ends the bar, before anything else is printed. */
  @Override
  public void close() {
    end();
  }
}
