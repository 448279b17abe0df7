package io.github.dae4j.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** MNIST in the folder of the system property mnist.dir: part is "train" or "t10k". */
final class Digits {

  static final int PIXELS = 784;

  private Digits() {}

  /** Images [n, 784] in [0, 1]. */
  static float[][] images(String part) {
    byte[] bytes = bytes(part + "-images-idx3-ubyte.gz");
    float[][] images = new float[(bytes.length - 16) / PIXELS][PIXELS];
    for (int i = 0; i < images.length; i++) {
      for (int j = 0; j < PIXELS; j++) {
        images[i][j] = (bytes[16 + i * PIXELS + j] & 0xff) / 255f;
      }
    }
    return images;
  }

  static int[] labels(String part) {
    byte[] bytes = bytes(part + "-labels-idx1-ubyte.gz");
    int[] labels = new int[bytes.length - 8];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = bytes[8 + i];
    }
    return labels;
  }

  private static byte[] bytes(String name) {
    Path file = Path.of(System.getProperty("mnist.dir", "")).resolve(name);
    Assumptions.assumeTrue(Files.exists(file), "no MNIST");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
