package io.github.dae4j.examples.cli;

import io.github.dae4j.examples.data.MnistDownload;
import me.tongfei.progressbar.ProgressBar;

/** A bar for each file on a terminal; elsewhere a line. */
public final class DownloadProgress implements MnistDownload.Progress, AutoCloseable {

  private String file;
  private ProgressBar bar;

  @Override
  public void update(String name, long bytes, long total) {
    if (!name.equals(file)) {
      close();
      file = name;
      bar = Terminal.bar("Downloading " + name, total);
    }
    if (bar != null) {
      bar.stepTo(bytes);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
