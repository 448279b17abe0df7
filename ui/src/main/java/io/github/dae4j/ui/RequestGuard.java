package io.github.dae4j.ui;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every request meets before any page does. A page of another site, open in the same browser,
 * can send requests to this server: it learns nothing and changes nothing. Requests have no bodies;
 * one that announces a body is refused before it is read, and its connection is closed.
 */
final class RequestGuard implements Handler<HttpServerRequest> {

  private static final Logger LOG = LoggerFactory.getLogger(RequestGuard.class);

  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final int TOO_LARGE = 413;
  private static final int MISDIRECTED = 421;
  private static final int FAILED = 500;
  private static final int VERSION_NOT_SUPPORTED = 505;

  private static final int HTTP_PORT = 80;
  private static final List<String> NAMES = List.of(TrainingServer.HOST, "localhost", "[::1]");
  private static final Pattern PATH = Pattern.compile("(?:/|(?:/[\\w-][\\w.-]*)+/?)");
  private static final Set<String> ENTRANCES =
      Set.of("/", PicturePage.PATH, "/train", "/train/overview", "/train/model", "/train/system");
  private static final String NO_CONTENT = "default-src 'none'; frame-ancestors 'none'";

  private final IntSupplier port;
  private final ConnectionLimits limits;
  private final Handler<HttpServerRequest> pages;

  /** Why a request is not answered. */
  private record Refusal(int status, String reason) {}

  RequestGuard(IntSupplier port, ConnectionLimits limits, Handler<HttpServerRequest> pages) {
    this.port = port;
    this.limits = limits;
    this.pages = pages;
  }

  @Override
  public void handle(HttpServerRequest request) {
    HttpServerResponse response = request.response();
    if (response.writeQueueFull()) { // asks, and does not read the answers
      request.connection().close();
      return;
    }
    if (!limits.admits(request.connection())) {
      return;
    }
    addHeaders(response);
    try {
      Refusal refusal = refusal(request);
      if (refusal == null) {
        pages.handle(request);
      } else {
        refuse(request, refusal);
      }
    } catch (RuntimeException e) { // Vert.x throws for some of what clients send
      LOG.debug("request", e);
      refuse(request, new Refusal(BAD_REQUEST, "the request cannot be read"));
    }
  }

  /** Those of each answer; a page that may show more puts its own policy in the place of ours. */
  private static void addHeaders(HttpServerResponse response) {
    response
        .putHeader("content-security-policy", NO_CONTENT)
        .putHeader("x-content-type-options", "nosniff")
        .putHeader("x-frame-options", "DENY")
        .putHeader("referrer-policy", "no-referrer")
        .putHeader("cross-origin-opener-policy", "same-origin")
        .putHeader("cross-origin-resource-policy", "same-origin")
        .putHeader("cache-control", "no-store")
        .putHeader("content-type", "text/plain; charset=utf-8");
  }

  private Refusal refusal(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_2) {
      return new Refusal(VERSION_NOT_SUPPORTED, "the pages are served by HTTP/1.1");
    }
    if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
      return new Refusal(METHOD_NOT_ALLOWED, "the pages are read by GET and HEAD");
    }
    if (hasBody(request.headers())) {
      return new Refusal(TOO_LARGE, "requests have no bodies here");
    }
    if (!isOneOf("", request.headers().getAll("host"))) {
      return new Refusal(
          MISDIRECTED,
          "the pages are served at http://%s:%d".formatted(TrainingServer.HOST, port.getAsInt()));
    }
    if (isFromElsewhere(request)) {
      return new Refusal(FORBIDDEN, "the pages answer no other site");
    }
    return isPath(request.uri()) ? null : new Refusal(NOT_FOUND, "there is no such page");
  }

  private static boolean hasBody(MultiMap headers) {
    return headers.contains("transfer-encoding")
        || !Set.of("0").containsAll(headers.getAll("content-length"));
  }

  private boolean isOneOf(String scheme, List<String> values) {
    return values.size() == 1
        && NAMES.stream().anyMatch(name -> isAt(scheme + name, values.get(0)));
  }

  private boolean isAt(String name, String value) {
    String given = value.toLowerCase(Locale.ROOT);
    return given.equals(name + ":" + port.getAsInt())
        || port.getAsInt() == HTTP_PORT && given.equals(name);
  }

  /** Other sites may have links to the pages, and no more. */
  private boolean isFromElsewhere(HttpServerRequest request) {
    MultiMap headers = request.headers();
    List<String> origin = headers.getAll("origin");
    if (!origin.isEmpty() && !isOneOf("http://", origin)) {
      return true;
    }
    boolean isLink =
        List.of("navigate").equals(headers.getAll("sec-fetch-mode"))
            && List.of("document").equals(headers.getAll("sec-fetch-dest"))
            && ENTRANCES.contains(request.uri());
    return !isLink && !Set.of("same-origin", "none").containsAll(headers.getAll("sec-fetch-site"));
  }

  private static boolean isPath(String uri) {
    int query = uri.indexOf('?');
    return PATH.matcher(query < 0 ? uri : uri.substring(0, query)).matches();
  }

  private void refuse(HttpServerRequest request, Refusal refusal) {
    limits.refuse(request.connection());
    HttpServerResponse response = request.response();
    if (response.ended() || response.headWritten()) {
      request.connection().close();
      return;
    }
    if (refusal.status() == METHOD_NOT_ALLOWED) {
      response.putHeader("allow", "GET, HEAD");
    }
    response
        .setStatusCode(refusal.status())
        .putHeader("connection", "close")
        .end(refusal.reason() + "\n", unused -> request.connection().close());
  }

  /** What is answered where no page does. */
  static void addFailures(Router router) {
    router.errorHandler(NOT_FOUND, context -> fail(context, NOT_FOUND, "there is no such page"));
    router.errorHandler(
        METHOD_NOT_ALLOWED, context -> fail(context, NOT_FOUND, "there is no such page"));
    router.errorHandler(
        BAD_REQUEST, context -> fail(context, BAD_REQUEST, "the request cannot be read"));
    router.errorHandler(
        FAILED,
        context -> {
          LOG.debug("page", context.failure());
          fail(context, FAILED, "the page has failed");
        });
  }

  static void notFound(RoutingContext context) {
    fail(context, NOT_FOUND, "there is no such page");
  }

  private static void fail(RoutingContext context, int status, String reason) {
    HttpServerResponse response = context.response();
    if (!response.ended() && !response.headWritten()) {
      response.setStatusCode(status).end(reason + "\n");
    }
  }
}
