package io.github.dae4j.cli.console;

import io.github.dae4j.datasets.ProgressListener;
import io.github.dae4j.report.Times;
import me.tongfei.progressbar.ProgressBar;

/**
 * The stages of a main, one after the other: a bar for each, where the console has bars, and the
 * time of each.
 */
public final class Stages implements ProgressListener, AutoCloseable {

  private final Times times = new Times();
  private final boolean isWatched;
  private String task;
  private ProgressBar bar;
  private long start;

  /** Bars go to standard error. */
  public Stages(Console console) {
    this(console.isWatched());
  }

  Stages(boolean isWatched) {
    this.isWatched = isWatched;
  }

  @Override
  public synchronized void update(String task, long done, long total) {
    if (!task.equals(this.task)) {
      close();
      begin(task, total);
    }
    if (bar != null) {
      bar.stepTo(done);
    }
    if (done == total) {
      close();
    }
  }

  private void begin(String begun, long total) {
    task = begun;
    bar = isWatched ? ProgressBars.newBar(begun, total) : null;
    start = System.nanoTime();
  }

  /** Ends the stage, before anything else is printed; another may begin. */
  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
    if (task != null) {
      times.add(task, (System.nanoTime() - start) / 1e9);
      task = null;
    }
  }

  /** The times of the stages so far, to which those of training may be added. */
  public Times times() {
    return times;
  }
}
