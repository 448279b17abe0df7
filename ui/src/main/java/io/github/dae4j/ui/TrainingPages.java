package io.github.dae4j.ui;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.ui.VertxUIServer;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;

/**
 * Training in a browser: DL4J's own pages, and one of filters and reconstructions, for browsers on
 * this machine alone. There is one of it at a time.
 */
public final class TrainingPages implements AutoCloseable {

  private static final int LARGEST_PORT = 0xFFFF;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TrainingServer server;
  private final StatsStorage storage = new InMemoryStatsStorage();
  private final List<PictureListener> pictures = new ArrayList<>();

  private TrainingPages(TrainingServer server) {
    this.server = server;
    server.attach(storage);
  }

  /**
   * Opens them at http://127.0.0.1:port.
   *
   * @param port in [0, 65535]; 0 for any that is free
   * @throws UncheckedIOException naming a port that cannot be opened
   * @throws IllegalStateException if DL4J's server is running in this process already
   */
  public static TrainingPages open(int port) {
    return open(port, PATIENCE);
  }

  /** With another patience for connections that ask nothing. */
  static TrainingPages open(int port, Duration patience) {
    if (!(port >= 0 && port <= LARGEST_PORT)) {
      throw new IllegalArgumentException("TrainingPages port must be in [0, 65535], got " + port);
    }
    VertxUIServer running = VertxUIServer.getInstance();
    if (running != null && !running.isStopped()) {
      throw new IllegalStateException(
          "DL4J's training pages are open already, at " + running.getAddress());
    }
    try {
      return new TrainingPages(TrainingServer.listen(port, patience));
    } catch (CompletionException e) {
      throw failure(port, e.getCause());
    }
  }

  /** The page of filters and reconstructions. */
  public URI address() {
    return URI.create(server.getAddress() + PicturePage.PATH);
  }

  /** DL4J's overview. */
  public URI overview() {
    return URI.create(server.getAddress() + "/train/overview");
  }

  /**
   * Listeners that show the training of a network, for it alone. Because DL4J's pages show
   * gradients, each step writes them: it is slower, and equal up to rounding.
   *
   * @param name of the training, which its stages share; letters, digits, '.' and '-'
   * @param every how many iterations from one report on DL4J's pages to the next, at least 1; each
   *     report stays in memory
   */
  public List<TrainingListener> listeners(
      String name, MultiLayerNetwork network, ImageExamples images, int every) {
    if (every < 1) {
      throw new IllegalArgumentException("TrainingPages every must be >= 1, got " + every);
    }
    PictureListener shown = new PictureListener(storage, name, network, images);
    pictures.add(shown);
    return List.of(new NetworkStats(storage, name, every), shown);
  }

  /** Shows what has come out of the training so far. */
  public void refresh() {
    pictures.forEach(PictureListener::refresh);
  }

  @Override
  public void close() {
    server.stop();
  }

  private static RuntimeException failure(int port, Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof IOException)) {
      cause = cause.getCause();
    }
    String message =
        "training pages cannot be opened at port %d: %s".formatted(port, cause.getMessage());
    return cause instanceof IOException io
        ? new UncheckedIOException(message, io)
        : new IllegalStateException(message, failure);
  }
}
