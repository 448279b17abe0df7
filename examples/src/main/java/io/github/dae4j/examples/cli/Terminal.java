package io.github.dae4j.examples.cli;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Whether a person is watching, and a bar for that person. */
final class Terminal {

  private Terminal() {}

  /** A bar on standard error, or null where no terminal would show it. */
  static ProgressBar bar(String task, long max) {
    if (System.console() == null) {
      return null;
    }
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(max)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(200)
        .clearDisplayOnFinish()
        .setConsumer(new ConsoleProgressBarConsumer(System.err))
        .build();
  }
}
