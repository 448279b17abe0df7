package io.github.dae4j.ui;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How many connections there may be, and how long each may go without a complete request. Used by
 * the server's only thread.
 */
final class ConnectionLimits {

  static final int MOST = 64; // a browser opens six

  private final Vertx vertx;
  private final long patience; // milliseconds
  private final Map<HttpConnection, Long> timers = new HashMap<>();

  ConnectionLimits(Vertx vertx, Duration patience) {
    this.vertx = vertx;
    this.patience = patience.toMillis();
  }

  void opened(HttpConnection connection) {
    if (timers.size() >= MOST) {
      connection.close();
      return;
    }
    connection.closeHandler(unused -> closed(connection));
    connection.exceptionHandler(unused -> connection.close());
    timers.put(connection, deadline(connection));
  }

  /** A complete head of a request has arrived; whether it may be answered. */
  boolean admits(HttpConnection connection) {
    Long before = timers.get(connection);
    if (before == null) { // one too many, or refused before
      connection.close();
      return false;
    }
    vertx.cancelTimer(before);
    timers.put(connection, deadline(connection));
    return true;
  }

  /** What else it has asked is not answered. */
  void refuse(HttpConnection connection) {
    closed(connection);
  }

  private long deadline(HttpConnection connection) {
    return vertx.setTimer(patience, unused -> connection.close());
  }

  private void closed(HttpConnection connection) {
    Long timer = timers.remove(connection);
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
  }
}
