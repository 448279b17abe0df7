package io.github.dae4j.examples.cli;

import java.io.InputStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Whether a person is watching, and a bar for that person. */
public final class Terminal {

  private Terminal() {}

  /** A bar on standard error, or null where no terminal would show it. */
  static ProgressBar bar(String task, long max) {
    return isWatched() ? newBar(task, max) : null;
  }

  /** A bar on standard error, whether or not anybody watches. */
  static ProgressBar newBar(String task, long max) {
    return builder(task, max).build();
  }

  /** The same bytes, and on a terminal a bar while they are read; total -1 if it is not known. */
  public static InputStream watched(String task, InputStream bytes, long total) {
    return isWatched()
        ? ProgressBar.wrap(bytes, builder(task, total).setUnit(" MB", 1_000_000))
        : bytes;
  }

  static boolean isWatched() {
    return System.console() != null;
  }

  private static ProgressBarBuilder builder(String task, long max) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(max)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(200)
        .showSpeed()
        .clearDisplayOnFinish()
        .setConsumer(new ConsoleProgressBarConsumer(System.err));
  }
}
