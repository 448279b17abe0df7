package io.github.dae4j.cli.console;

import io.github.dae4j.stacked.table.TableModel;
import java.util.Locale;
import java.util.function.LongSupplier;
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

  /** Where a training is that takes long, so often as {@link #EVERY} says. */
  record Place(
      String network, int number, int networks, double loss, double share, double secondsLeft) {

    String line() {
      return String.format(
          Locale.ROOT,
          "%-11s  network %d/%d  loss %.4g  %.0f %% of all, about %s left",
          network,
          number,
          networks,
          loss,
          100 * share,
          time(secondsLeft));
    }
  }

  private static final double FIRST = 10; // seconds until it can be told how long it takes
  private static final double EVERY = 60;

  private final Console console;
  private final LongSupplier nanoTime;
  private Stages reading;
  private double shareBefore = -1;
  private long startOfAll;
  private double nextPlace = FIRST;
  private volatile boolean isStopped;
  private ProgressBar bar;
  private TableModel.TrainingStep last;
  private double loss;
  private long start;

  /** Says at first that rows are read. */
  public TableProgress(Console console) {
    this(console, System::nanoTime);
  }

  TableProgress(Console console, LongSupplier nanoTime) {
    this.console = console;
    this.nanoTime = nanoTime;
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
    if (shareBefore < 0) {
      shareBefore = step.share();
      startOfAll = nanoTime.getAsLong();
    }
    last = step;
    loss = MEMORY * loss + (1 - MEMORY) * step.loss();
    if (bar != null) {
      bar.stepTo(step.minibatch());
      bar.setExtraMessage(String.format(Locale.ROOT, "  loss %.4g", loss));
    }
    tellPlace(step, (nanoTime.getAsLong() - startOfAll) / 1e9);
  }

  /** Of a training that takes minutes, how many. */
  private void tellPlace(TableModel.TrainingStep step, double seconds) {
    if (seconds < nextPlace) {
      return;
    }
    double left = seconds * (1 - step.share()) / (step.share() - shareBefore);
    boolean isFirst = nextPlace == FIRST;
    nextPlace = seconds + EVERY;
    if (left > EVERY || !isFirst) {
      Place place =
          new Place(step.network(), step.number(), step.networks(), loss, step.share(), left);
      if (bar == null) {
        console.event("training", place, place.line());
      } else {
        bar.setExtraMessage(
            String.format(Locale.ROOT, "  loss %.4g, %s left in all", loss, time(left)));
      }
    }
  }

  /** "50 seconds", "12 minutes", "3 hours". */
  static String time(double seconds) {
    return seconds < 90
        ? "%.0f seconds".formatted(Math.ceil(seconds))
        : seconds < 5400
            ? "%.0f minutes".formatted(seconds / 60)
            : "%.0f hours".formatted(seconds / 3600);
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
