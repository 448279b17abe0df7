package io.github.dae4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.dae4j.testing.IdxBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MnistDownloadFailureTest extends LocalMirrors {

  @Test
  void anotherStatus() throws IOException {
    assertFailure("HTTP 404");
    bad.with(FIRST + ".gz", exchange -> exchange.sendResponseHeaders(503, -1));
    assertFailure("HTTP 503");
  }

  @Test
  void otherContent() throws Exception {
    byte[] other = IdxBytes.images(4, 28, 28);
    bad.with(FIRST + ".gz", IdxBytes.gzip(other));
    assertFailure(
        "other content (SHA-256 %.8s... instead of %.8s...)"
            .formatted(sha256(other), sha256(PLAIN.get(FIRST))));
    byte[] page = "<html>Please log in</html>".getBytes();
    bad.with(FIRST + ".gz", page);
    assertFailure(
        "other content (SHA-256 %.8s... instead of %.8s...)"
            .formatted(sha256(page), sha256(PLAIN.get(FIRST))));
  }

  @Test
  void damagedGzip() throws IOException {
    bad.with(FIRST + ".gz", Arrays.copyOf(PACKED, PACKED.length - 10));
    assertFailure("corrupt gzip: it ends too early");
    bad.with(FIRST + ".gz", new byte[] {0x1f, (byte) 0x8b, 1, 2, 3, 4, 5, 6, 7, 8, 9});
    assertFailure("corrupt gzip: Unsupported compression method");
  }

  @Test
  void aBodyThatBreaksOff() throws IOException {
    bad.with(
        FIRST + ".gz",
        exchange -> {
          exchange.sendResponseHeaders(200, PACKED.length);
          exchange.getResponseBody().write(PACKED, 0, 50);
          exchange.getResponseBody().flush();
        });
    assertFailure("broken off after 50 bytes");
  }

  @Test
  void aBodyThatStalls() throws IOException {
    patience = Duration.ofMillis(300);
    bad.with(
        FIRST + ".gz",
        exchange -> {
          exchange.sendResponseHeaders(200, PACKED.length);
          exchange.getResponseBody().write(PACKED, 0, 50);
          exchange.getResponseBody().flush();
          sleep();
        });
    assertFailure("no answer in time");
  }

  @Test
  void aServerThatSaysNothing() throws IOException {
    patience = Duration.ofMillis(300);
    bad.with(FIRST + ".gz", exchange -> sleep());
    assertFailure("no answer in time");
  }

  @Test
  void noServer() throws IOException {
    bad.close();
    assertFailure("no connection");
  }

  @Test
  void everyMirrorIsNamed() {
    URI nowhere = URI.create("http://127.0.0.1:1/");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> download(nowhere, bad.address()).fetch(LocalMirrors::ignore))
        .withMessageContaining(
            "(127.0.0.1:1: no connection; %s: HTTP 404)".formatted(bad.address().getAuthority()));
  }

  @Test
  void aBodyWithoutEnd() throws IOException {
    bad.with(
        "endless",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          while (true) {
            exchange.getResponseBody().write(PACKED);
          }
        });
    HttpTransfer http = new HttpTransfer(Duration.ofSeconds(5), 100_000);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () -> http.get(URI.create(bad.address() + "/endless"), body, (bytes, total) -> {}))
        .withMessage("more than 100000 bytes");
    assertThat(body.size()).isLessThanOrEqualTo(100_000);
  }

  @Test
  void interruption() throws IOException {
    bad.with(FIRST + ".gz", exchange -> sleep());
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> download(bad.address(), good.address()).fetch(LocalMirrors::ignore))
        .withMessage("The download of MNIST was interrupted");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(good.requested()).isEmpty();
  }

  @Test
  void aDirectoryThatCannotBe() throws IOException {
    Files.write(temporary.resolve("new"), new byte[0]);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> download(good.address()).fetch(LocalMirrors::ignore))
        .withMessageStartingWith(cache + " must be a folder that can be written: ");
  }

  private void assertFailure(String reason) throws IOException {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> download(bad.address()).fetch(LocalMirrors::ignore))
        .withMessage(
            FIRST
                + ".gz could not be downloaded ("
                + bad.address().getAuthority()
                + ": "
                + reason
                + "): put train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte,"
                + " t10k-labels-idx1-ubyte, each with or without .gz, into "
                + cache
                + ", or pass --data with the directory that holds them");
    try (Stream<Path> left = Files.list(cache)) {
      assertThat(left).isEmpty();
    }
  }
}
