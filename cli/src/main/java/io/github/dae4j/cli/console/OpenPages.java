package io.github.dae4j.cli.console;

import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.ui.ImageExamples;
import io.github.dae4j.ui.TrainingPages;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The pages of {@code --ui} while a main runs; without that option nothing. */
public final class OpenPages implements AutoCloseable {

  private static final long MOST_REPORTS = 150; // each costs as much as dozens of steps

  private final TrainingPages pages;
  private final int minutes;
  private final Console console;
  private final Map<String, List<TrainingListener>> listeners = new HashMap<>();

  /** What --json says of them. */
  private record Address(String filters, String overview) {}

  /**
   * Says where they are.
   *
   * @param pages or null
   * @param minutes that they stay
   */
  OpenPages(TrainingPages pages, int minutes, Console console) {
    this.pages = pages;
    this.minutes = minutes;
    this.console = console;
    if (pages != null) {
      console.event(
          "ui",
          new Address(pages.address().toString(), pages.overview().toString()),
          "Training in a browser: %s, DL4J's pages: %s"
              .formatted(pages.address(), pages.overview()));
    }
  }

  /**
   * Shows the training of a network too, in addition to what listens to it already.
   *
   * @param name of the training; the same for all that is done to one network
   * @param images that are shown, squares
   * @param steps of all its training, about
   */
  public void show(
      String name, MultiLayerNetwork network, INDArray images, Corruption corruption, long steps) {
    if (pages != null) {
      listeners
          .computeIfAbsent(
              name,
              unused ->
                  pages.listeners(
                      name,
                      network,
                      ImageExamples.ofSquares(images, corruption, network.conf().getSeed()),
                      (int) Math.max(1, steps / MOST_REPORTS)))
          .forEach(network::addListeners);
    }
  }

  /** When all is done: shows the end, and waits as long as the pages shall stay. */
  public void stay() {
    if (pages == null) {
      return;
    }
    pages.refresh();
    if (minutes > 0) {
      console.line(
          "The pages at %s stay for %d minutes; Ctrl-C ends them", pages.address(), minutes);
      try {
        TimeUnit.MINUTES.sleep(minutes);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // then they end now
      }
    }
  }

  @Override
  public void close() {
    if (pages != null) {
      pages.close();
    }
  }
}
