package io.github.dae4j.ui;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Grey images of {@code height x width} pixels beside and below each other, as a PNG. */
record Tiles(int columns, int height, int width) {

  private static final int SPACING = 1;
  private static final int WHITE = 255;

  /** Each image with its own smallest value black and its largest white. */
  byte[] scaled(double[][] images) {
    return png(Arrays.stream(images).map(Tiles::scaled).toArray(double[][]::new));
  }

  /** Images of values in [0, 1]; what lies outside is clipped, NaN is black. */
  byte[] png(double[][] images) {
    int rows = (images.length + columns - 1) / columns;
    BufferedImage picture =
        new BufferedImage(
            columns * (width + SPACING) - SPACING,
            rows * (height + SPACING) - SPACING,
            BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < images.length; i++) {
      paint(
          images[i],
          picture.getRaster(),
          i % columns * (width + SPACING),
          i / columns * (height + SPACING));
    }
    return encode(picture);
  }

  private void paint(double[] image, WritableRaster raster, int x, int y) {
    for (int p = 0; p < image.length; p++) {
      int grey = (int) Math.round(WHITE * Math.min(1, Math.max(0, image[p])));
      raster.setSample(x + p % width, y + p / width, 0, grey);
    }
  }

  private static double[] scaled(double[] image) {
    double least = Arrays.stream(image).min().orElseThrow();
    double range = Arrays.stream(image).max().orElseThrow() - least;
    return Arrays.stream(image).map(value -> range > 0 ? (value - least) / range : 0).toArray();
  }

  private static byte[] encode(BufferedImage picture) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) { // no temporary file
      ImageIO.write(picture, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    return bytes.toByteArray();
  }
}
