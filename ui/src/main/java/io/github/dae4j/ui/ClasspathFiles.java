package io.github.dae4j.ui;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.MimeMapping;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.deeplearning4j.ui.VertxUIServer;

/** Scripts, styles and images of the pages, from the class path and without copies on disk. */
final class ClasspathFiles {

  private static final String ASSETS = "/assets/";
  private static final String WEBJARS = "webjars/";

  private ClasspathFiles() {}

  static void addTo(Router router) {
    get(router, ASSETS + "*", context -> asset(context, context.request().path()));
    get(router, "/favicon.ico", context -> asset(context, ASSETS + "img/favicon.ico"));
  }

  /** A route of GET and HEAD. */
  static Route get(Router router, String path, io.vertx.core.Handler<RoutingContext> answer) {
    return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(answer);
  }

  private static void asset(RoutingContext context, String path) {
    String name = path.substring(ASSETS.length());
    boolean isWebjar = name.startsWith(WEBJARS);
    byte[] bytes =
        read((isWebjar ? "META-INF/resources/" : VertxUIServer.ASSETS_ROOT_DIRECTORY) + name);
    String type = MimeMapping.getMimeTypeForFilename(name);
    if (bytes == null || type == null) {
      RequestGuard.notFound(context);
      return;
    }
    HttpServerResponse response = context.response().putHeader("content-type", type);
    if (isWebjar) { // with the version in their path
      response.putHeader("cache-control", "private, max-age=86400");
    }
    response.end(Buffer.buffer(bytes));
  }

  /** The bytes of a resource, null if there is none. */
  static byte[] read(String name) {
    try (InputStream in = ClasspathFiles.class.getClassLoader().getResourceAsStream(name)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read: " + e.getMessage(), e);
    }
  }
}
