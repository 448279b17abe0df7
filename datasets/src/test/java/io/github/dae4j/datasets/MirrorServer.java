package io.github.dae4j.datasets;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A mirror on this machine, which can be told to misbehave. */
final class MirrorServer implements AutoCloseable {

  /** Answers a request for a file; null from the map is a 404. */
  @FunctionalInterface
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<String> requested = new CopyOnWriteArrayList<>();

  MirrorServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/mnist");
  }

  /** The names asked for so far, in order. */
  List<String> requested() {
    return requested;
  }

  MirrorServer with(String name, Answer answer) {
    answers.put(name, answer);
    return this;
  }

  MirrorServer with(String name, byte[] body) {
    return with(
        name,
        exchange -> {
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
        });
  }

  private void answer(HttpExchange exchange) throws IOException {
    String name = exchange.getRequestURI().getPath().replaceFirst("^/mnist/", "");
    requested.add(name);
    Answer answer = answers.get(name);
    try (exchange) {
      if (answer == null) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        answer.to(exchange);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
