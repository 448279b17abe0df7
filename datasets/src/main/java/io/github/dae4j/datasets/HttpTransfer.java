package io.github.dae4j.datasets;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Gets files over HTTP; gives up when nothing arrives for a while or too much does. */
final class HttpTransfer {

  /** Is told of bytes as they arrive. */
  interface Listener {
    void received(long bytes, long total);
  }

  private final HttpClient client;
  private final Duration patience;
  private final long maxBytes;

  HttpTransfer(Duration patience, long maxBytes) {
    this.patience = patience;
    this.maxBytes = maxBytes;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(patience)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
  }

  /**
   * Copies the body of the answer.
   *
   * @throws IOException if the answer is not 200, stalls, breaks off or is too long
   * @throws InterruptedIOException if this thread is interrupted, which it then still is
   */
  void get(URI from, OutputStream to, Listener listener) throws IOException {
    AtomicLong received = new AtomicLong();
    HttpRequest request = HttpRequest.newBuilder(from).build();
    HttpResponse<Void> response =
        await(client.sendAsync(request, answer -> body(answer, to, received, listener)), received);
    if (response.statusCode() != 200) {
      throw new IOException("HTTP " + response.statusCode());
    }
  }

  private BodySubscriber<Void> body(
      HttpResponse.ResponseInfo answer, OutputStream out, AtomicLong received, Listener listener) {
    if (answer.statusCode() != 200) {
      return BodySubscribers.replacing(null);
    }
    long total = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
    return BodySubscribers.ofByteArrayConsumer(
        chunk -> chunk.ifPresent(bytes -> write(bytes, out, received, total, listener)));
  }

  private void write(
      byte[] bytes, OutputStream out, AtomicLong received, long total, Listener listener) {
    try {
      long sum = received.addAndGet(bytes.length);
      if (sum > maxBytes) {
        throw new IOException("more than " + maxBytes + " bytes");
      }
      out.write(bytes);
      listener.received(sum, total);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits as long as bytes keep coming (the client's own timeout ends with the headers). */
  private <T> T await(CompletableFuture<T> answer, AtomicLong received) throws IOException {
    for (long before = -1; received.get() != before; ) {
      before = received.get();
      try {
        return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // Look whether anything came.
      } catch (InterruptedException e) {
        answer.cancel(true);
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      } catch (ExecutionException e) {
        throw failure(e.getCause(), received.get());
      }
    }
    answer.cancel(true);
    throw new HttpTimeoutException("nothing arrived for " + patience.toMillis() + " ms");
  }

  private static IOException failure(Throwable cause, long received) {
    if (cause instanceof ConnectException || cause instanceof HttpTimeoutException) {
      return (IOException) cause;
    }
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof UncheckedIOException ours) {
        return ours.getCause();
      }
    }
    String what = received > 0 ? "broken off after " + received + " bytes" : cause.toString();
    return new IOException(what, cause);
  }
}
