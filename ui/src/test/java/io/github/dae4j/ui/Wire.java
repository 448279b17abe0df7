package io.github.dae4j.ui;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A connection that sends bytes as they are. */
final class Wire implements AutoCloseable {

  private static final int TIMEOUT_MILLISECONDS = 20_000;

  private final Socket socket;

  Wire(URI server) throws IOException {
    socket = new Socket("127.0.0.1", server.getPort());
    socket.setSoTimeout(TIMEOUT_MILLISECONDS);
  }

  /** One request, its whole answer, and the end of the connection. */
  static String exchange(URI server, String request) throws IOException {
    try (Wire wire = new Wire(server)) {
      wire.send(request);
      return wire.rest();
    }
  }

  /** Lines of a head are parted by '\n'. */
  void send(String text) throws IOException {
    socket.getOutputStream().write(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Sends zeros until they are all sent or the other side has had enough. */
  long flood(long bytes) throws IOException {
    byte[] zeros = new byte[1 << 16];
    long sent = 0;
    try {
      while (sent < bytes) {
        socket.getOutputStream().write(zeros);
        sent += zeros.length;
      }
    } catch (SocketException e) {
      return sent; // closed by the server
    }
    return sent;
  }

  /** All that comes until the server closes. */
  String rest() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] some = new byte[1 << 14];
    InputStream in = socket.getInputStream();
    try {
      for (int read = in.read(some); read >= 0; read = in.read(some)) {
        all.write(some, 0, read);
      }
    } catch (SocketException e) {
      // reset: what has come has come
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
