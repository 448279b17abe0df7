package io.github.dae4j.report;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer's filters as {@code rows x columns} tiles of {@code height x width} pixels, 1 black pixel
 * apart, each scaled to [0, 1] on its own (Deep Learning Tutorials, {@code tile_raster_images}).
 */
public record FilterTiles(int rows, int columns, int height, int width) {

  private static final int SPACING = 1;
  private static final double EPSILON = 1e-8;

  public FilterTiles {
    if (rows < 1 || columns < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "FilterTiles needs at least 1 row, column and pixel, got %d x %d tiles of %d x %d"
              .formatted(rows, columns, height, width));
    }
  }

  /**
   * 10 x 10 tiles for a layer that sees square images of {@code nIn} pixels.
   *
   * @throws IllegalArgumentException if {@code nIn} is not a square
   */
  public static FilterTiles square(long nIn) {
    int side = (int) Math.round(Math.sqrt(nIn));
    if (nIn < 1 || (long) side * side != nIn) {
      throw new IllegalArgumentException(
          "nIn must be a square to be drawn as one, got "
              + nIn
              + "; FilterTiles(rows, columns, height, width) takes other shapes");
    }
    return new FilterTiles(10, 10, side, side);
  }

  /**
   * Weights [nIn, nOut] -> grey picture of the first {@code rows x columns} filters, row by row;
   * tiles without a filter stay black.
   *
   * @throws IllegalArgumentException if nIn is not {@code height x width}
   */
  public BufferedImage image(INDArray weights) {
    if (weights.rank() != 2 || weights.size(0) != (long) height * width) {
      throw new IllegalArgumentException(
          "weights must be [nIn, nOut] with nIn = %d (%d x %d pixels), got %s"
              .formatted(height * width, height, width, Arrays.toString(weights.shape())));
    }
    BufferedImage picture =
        Png.grey(
            columns * (width + SPACING) - SPACING, //
            rows * (height + SPACING) - SPACING);
    int filters = (int) Math.min((long) rows * columns, weights.size(1));
    for (int i = 0; i < filters; i++) {
      int x = i % columns * (width + SPACING);
      int y = i / columns * (height + SPACING);
      paint(weights.getColumn(i).toDoubleVector(), picture.getRaster(), x, y);
    }
    return picture;
  }

  private void paint(double[] filter, WritableRaster raster, int x, int y) {
    double min = Arrays.stream(filter).min().orElseThrow();
    double max = Arrays.stream(filter).max().orElseThrow();
    double scale = 1 / (max - min + EPSILON);
    for (int p = 0; p < filter.length; p++) {
      int grey = Png.level((filter[p] - min) * scale);
      raster.setSample(x + p % width, y + p / width, 0, grey);
    }
  }
}
