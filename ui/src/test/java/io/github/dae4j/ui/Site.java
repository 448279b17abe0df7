package io.github.dae4j.ui;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.Predicate;
import javax.imageio.ImageIO;

/** What a server on loopback answers. */
record Site(URI root) {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final int TRIES = 100;
  private static final int PAUSE_MILLISECONDS = 100;

  HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(root.resolve(path)).build(), BodyHandlers.ofByteArray());
  }

  JsonNode json(String path) throws IOException, InterruptedException {
    return new ObjectMapper().readTree(get(path).body());
  }

  /** The server tells its pages of what is new twice a second. */
  JsonNode await(String path, Predicate<JsonNode> isThere)
      throws IOException, InterruptedException {
    JsonNode last = json(path);
    for (int i = 0; i < TRIES && !isThere.test(last); i++) {
      Thread.sleep(PAUSE_MILLISECONDS);
      last = json(path);
    }
    return last;
  }

  BufferedImage picture(String path) throws IOException, InterruptedException {
    return ImageIO.read(new ByteArrayInputStream(get(path).body()));
  }
}
