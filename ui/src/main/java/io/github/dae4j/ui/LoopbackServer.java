package io.github.dae4j.ui;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.deeplearning4j.ui.VertxUIServer;

/**
 * DL4J's server, reachable from this machine alone.
 *
 * <p>DL4J listens on all addresses and has no option for another. It asks the Vert.x on which it is
 * deployed for an HTTP server: here it gets one that listens at a place of our choice.
 */
final class LoopbackServer extends VertxUIServer {

  static final String HOST = "127.0.0.1";

  private final int port;

  /**
   * Not yet started.
   *
   * @param port 0 for any that is free
   */
  LoopbackServer(int port) {
    this.port = port;
  }

  @Override
  public void init(Vertx vertx, Context context) {
    super.init(
        standIn(
            Vertx.class,
            (self, method, arguments) ->
                method.getName().equals("createHttpServer")
                    ? onLoopback(vertx.createHttpServer())
                    : call(vertx, method, arguments)),
        context);
  }

  @Override
  public String getAddress() {
    return "http://" + HOST + ":" + getPort();
  }

  private HttpServer onLoopback(HttpServer server) {
    return standIn(
        HttpServer.class,
        (self, method, arguments) -> {
          if (method.getName().equals("listen")) {
            return server.listen(port, HOST, whenListening(arguments));
          }
          Object result = call(server, method, arguments);
          return result == server ? self : result;
        });
  }

  @SuppressWarnings("unchecked")
  private static Handler<AsyncResult<HttpServer>> whenListening(Object[] arguments) {
    return (Handler<AsyncResult<HttpServer>>) arguments[arguments.length - 1];
  }

  private static <T> T standIn(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
