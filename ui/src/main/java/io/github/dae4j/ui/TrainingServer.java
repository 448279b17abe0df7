package io.github.dae4j.ui;

import io.vertx.core.AsyncResult;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.core.storage.StatsStorageEvent;
import org.deeplearning4j.core.storage.StatsStorageListener;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.ui.VertxUIServer;
import org.deeplearning4j.ui.api.UIModule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server of the training pages, on 127.0.0.1. To DL4J it is the UI server of the process, so
 * that {@code UIServer.getInstance().attach(storage)} shows more trainings.
 *
 * <p>DL4J's own server listens on all addresses, keeps the bodies of requests on disk and copies
 * assets to a shared temporary folder. Of it only the training module is used here; requests pass
 * {@link RequestGuard}, and nothing is written to disk.
 */
final class TrainingServer extends VertxUIServer {

  static final String HOST = "127.0.0.1";

  private static final Logger LOG = LoggerFactory.getLogger(TrainingServer.class);
  private static final List<String> OTHER_PROTOCOLS =
      List.of("vertx.disableH2c", "vertx.disableWebsockets");
  private static final long DELIVERY_MILLISECONDS = 500;

  private final Router router;
  private final BlockingQueue<StatsStorageEvent> events = new LinkedBlockingQueue<>();
  private final Map<StatsStorage, StatsStorageListener> storages = new ConcurrentHashMap<>();
  private final List<UIModule> modules;
  private HttpServer server;
  private volatile boolean stopped;

  private TrainingServer(Vertx vertx) {
    this.vertx = vertx;
    router = Router.router(vertx);
    Dl4jPages training = new Dl4jPages(() -> List.copyOf(storages.keySet()));
    PicturePage pictures = new PicturePage();
    training.addTo(router);
    pictures.addTo(router);
    ClasspathFiles.addTo(router);
    RequestGuard.addFailures(router);
    modules = List.of(training.module(), pictures);
  }

  /**
   * Listens.
   *
   * @param port 0 for any that is free
   * @param patience how long a connection may stay without a complete request
   */
  static TrainingServer listen(int port, Duration patience) {
    Vertx vertx = Vertx.vertx(options());
    try {
      TrainingServer server = new TrainingServer(vertx);
      server.start(port, patience);
      return server;
    } catch (RuntimeException e) {
      if (VertxUIServer.getInstance() instanceof TrainingServer failed && failed.vertx == vertx) {
        failed.stopped = true;
      }
      vertx.close();
      throw e;
    }
  }

  /** One thread; nothing on disk; no warnings when training has taken all processors. */
  private static VertxOptions options() {
    return new VertxOptions()
        .setEventLoopPoolSize(1)
        .setWorkerPoolSize(1)
        .setInternalBlockingPoolSize(1)
        .setBlockedThreadCheckInterval(1)
        .setBlockedThreadCheckIntervalUnit(TimeUnit.DAYS)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setClassPathResolvingEnabled(false)
                .setFileCachingEnabled(false));
  }

  private void start(int port, Duration patience) {
    vertx.exceptionHandler(e -> LOG.debug("server", e));
    ConnectionLimits limits = new ConnectionLimits(vertx, patience);
    RequestGuard guard = new RequestGuard(this::getPort, limits, router);
    CompletableFuture<HttpServer> listening = new CompletableFuture<>();
    createServer()
        .connectionHandler(limits::opened)
        .exceptionHandler(e -> LOG.debug("connection", e))
        .requestHandler(guard)
        .listen(port, HOST, result -> complete(listening, result));
    server = listening.join();
    vertx.setPeriodic(DELIVERY_MILLISECONDS, unused -> deliver());
  }

  /** Of HTTP/1.1 alone: Vert.x knows no option for that, and asks properties here. */
  private HttpServer createServer() {
    Map<String, Optional<String>> before = new HashMap<>();
    OTHER_PROTOCOLS.forEach(
        name -> before.put(name, Optional.ofNullable(System.setProperty(name, "true"))));
    try {
      return vertx.createHttpServer(new HttpServerOptions());
    } finally {
      before.forEach(
          (name, value) ->
              value.ifPresentOrElse(
                  set -> System.setProperty(name, set), () -> System.clearProperty(name)));
    }
  }

  private static <T> void complete(CompletableFuture<T> future, AsyncResult<T> result) {
    if (result.succeeded()) {
      future.complete(result.result());
    } else {
      future.completeExceptionally(result.cause());
    }
  }

  /** Tells the pages what is new in the storages. */
  private void deliver() {
    List<StatsStorageEvent> fresh = new ArrayList<>();
    events.drainTo(fresh);
    fresh.removeIf(event -> !isAttached(event.getStatsStorage()));
    for (UIModule module : fresh.isEmpty() ? List.<UIModule>of() : modules) {
      List<String> types = module.getCallbackTypeIDs();
      try {
        module.reportStorageEvents(
            fresh.stream().filter(event -> types.contains(event.getTypeID())).toList());
      } catch (RuntimeException e) {
        LOG.debug("a page cannot show what is new", e);
      }
    }
  }

  @Override
  public void attach(StatsStorage storage) {
    StatsStorageListener listener = events::add;
    if (storages.putIfAbsent(storage, listener) == null) {
      storage.registerStatsStorageListener(listener);
      modules.forEach(module -> module.onAttach(storage));
    }
  }

  @Override
  public void detach(StatsStorage storage) {
    StatsStorageListener listener = storages.remove(storage);
    if (listener != null) {
      storage.deregisterStatsStorageListener(listener);
      modules.forEach(module -> module.onDetach(storage));
    }
  }

  @Override
  public boolean isAttached(StatsStorage storage) {
    return storages.containsKey(storage);
  }

  @Override
  public List<StatsStorage> getStatsStorageInstances() {
    return List.copyOf(storages.keySet());
  }

  @Override
  public String getAddress() {
    return "http://" + HOST + ":" + getPort();
  }

  @Override
  public int getPort() {
    return server.actualPort();
  }

  @Override
  public boolean isMultiSession() {
    return false;
  }

  @Override
  public boolean isStopped() {
    return stopped;
  }

  @Override
  public void stop() {
    if (!stopped) {
      stopped = true;
      CompletableFuture<Void> closed = new CompletableFuture<>();
      vertx.close(done -> complete(closed, done));
      closed.join();
    }
  }

  @Override
  public void stop(Promise<Void> callback) {
    stopAsync(callback);
  }

  @Override
  public void stopAsync(Promise<Void> callback) {
    stopped = true;
    vertx.close(callback);
  }

  @Override
  public boolean isRemoteListenerEnabled() {
    return false;
  }

  @Override
  public void disableRemoteListener() {
    // it is never enabled
  }

  @Override
  public void enableRemoteListener() {
    throw noRemote();
  }

  @Override
  public void enableRemoteListener(StatsStorageRouter storage, boolean attach) {
    throw noRemote();
  }

  private static UnsupportedOperationException noRemote() {
    return new UnsupportedOperationException(
        "the training pages take no reports over the network: their server reads no bodies");
  }
}
