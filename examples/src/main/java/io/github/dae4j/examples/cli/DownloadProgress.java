package io.github.dae4j.examples.cli;

import io.github.dae4j.examples.data.MnistDownload;
import me.tongfei.progressbar.ProgressBar;

/** A bar for each file, where the speech has bars. */
public final class DownloadProgress implements MnistDownload.Progress, AutoCloseable {

  private final boolean isWatched;
  private String file;
  private ProgressBar bar;

  public DownloadProgress(Speech speech) {
    isWatched = speech.isWatched();
  }

  @Override
  public void update(String name, long bytes, long total) {
    if (!name.equals(file)) {
      close();
      file = name;
      bar = isWatched ? Terminal.newBar("Downloading " + name, total) : null;
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
