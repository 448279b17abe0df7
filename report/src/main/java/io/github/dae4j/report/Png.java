package io.github.dae4j.report;

import io.github.dae4j.internal.file.WholeFile;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Grey pictures and their files. */
public final class Png {

  static final int WHITE = 255;

  private Png() {}

  /**
   * Writes the picture as PNG.
   *
   * @throws java.io.UncheckedIOException naming {@code path}
   */
  public static void write(BufferedImage picture, Path path) {
    WholeFile.writeWithFolders(path, out -> encode(picture, out));
  }

  /** The picture as PNG, the bytes that {@link #write} writes. */
  public static byte[] bytes(BufferedImage picture) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      encode(picture, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    return bytes.toByteArray();
  }

  /** The picture with each pixel as a square of {@code factor x factor} pixels. */
  public static BufferedImage magnify(BufferedImage grey, int factor) {
    requireMagnification(factor);
    BufferedImage large = grey(grey.getWidth() * factor, grey.getHeight() * factor);
    WritableRaster to = large.getRaster();
    for (int y = 0; y < large.getHeight(); y++) {
      for (int x = 0; x < large.getWidth(); x++) {
        to.setSample(x, y, 0, grey.getRaster().getSample(x / factor, y / factor, 0));
      }
    }
    return large;
  }

  static BufferedImage grey(int width, int height) {
    return new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
  }

  /** The nearest of 256 greys to a value in [0, 1]; what lies outside is clipped, NaN is black. */
  static int level(double value) {
    return (int) Math.round(WHITE * Math.min(1, Math.max(0, value)));
  }

  static void requireMagnification(int factor) {
    if (factor < 1) {
      throw new IllegalArgumentException("magnification must be at least 1, got " + factor);
    }
  }

  /** Without ImageIO's cache in the directory of temporary files, which may not be there. */
  private static void encode(BufferedImage picture, OutputStream out) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    try (ImageOutputStream bytes = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(bytes);
      writer.write(picture);
    } finally {
      writer.dispose();
    }
  }
}
