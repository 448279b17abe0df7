package io.github.dae4j.cli.console;

import io.github.dae4j.cli.config.OneLine;
import java.io.IOException;
import java.io.InputStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jline.terminal.TerminalBuilder;

/** Whether a person is watching, and a bar for that person. */
public final class ProgressBars {

  private static final int FEWEST_COLUMNS = 10;
  private static final int USUAL_COLUMNS = 80;

  private ProgressBars() {}

  /** A bar on standard error, for who asked whether it is watched. */
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
        .setTaskName(OneLine.of(task))
        .setInitialMax(max)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(200)
        .showSpeed()
        .clearDisplayOnFinish()
        .setConsumer(new ConsoleProgressBarConsumer(System.err, columns() - 1));
  }

  /**
   * The terminal's width. Bars that ask for it themselves give Ctrl-C back to the system, which
   * ends the process at once: no shutdown hook runs, no checkpoint is written.
   */
  private static int columns() {
    try (org.jline.terminal.Terminal terminal =
        TerminalBuilder.builder().nativeSignals(false).dumb(true).build()) {
      int columns = terminal.getWidth();
      return columns < FEWEST_COLUMNS ? USUAL_COLUMNS : columns;
    } catch (IOException e) {
      return USUAL_COLUMNS;
    }
  }
}
