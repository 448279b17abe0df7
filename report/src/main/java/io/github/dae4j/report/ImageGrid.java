package io.github.dae4j.report;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A picture of images in labelled rows, for instance clean, corrupted and reconstructed:
 *
 * <pre>{@code
 * ImageGrid.of("clean", x).row("reconstructed", stack.reconstruct(x)).write(Path.of("digits.png"));
 * }</pre>
 */
public final class ImageGrid {

  private static final int MOST_COLUMNS = 10;
  private static final int MAGNIFICATION = 2;

  private final int height;
  private final int width;
  private final Map<String, INDArray> rows;

  private ImageGrid(int height, int width, Map<String, INDArray> rows) {
    this.height = height;
    this.width = width;
    this.rows = rows;
  }

  /**
   * A row of square images [n, side * side] in [0, 1].
   *
   * @throws IllegalArgumentException if the images are not square
   */
  public static ImageGrid of(String label, INDArray images) {
    long pixels = images.rank() == 2 ? images.size(1) : 0;
    int side = (int) Math.round(Math.sqrt(pixels));
    if (pixels < 1 || (long) side * side != pixels) {
      throw new IllegalArgumentException(
          "images of row '%s' must be [n, side * side], got %s; give height and width for others"
              .formatted(label, Arrays.toString(images.shape())));
    }
    return of(label, images, side, side);
  }

  /** A row of images [n, height * width] in [0, 1]. */
  public static ImageGrid of(String label, INDArray images, int height, int width) {
    return new ImageGrid(height, width, Map.of()).row(label, images);
  }

  /** The grid with one more row of images of the same size. */
  public ImageGrid row(String label, INDArray images) {
    Map<String, INDArray> more = new LinkedHashMap<>(rows);
    more.put(label, images);
    return new ImageGrid(height, width, more);
  }

  /**
   * The first ten images of each row, or as many as the shortest row has, one row below the other;
   * values outside [0, 1] are clipped.
   *
   * @throws IllegalArgumentException naming the row whose shape does not fit
   */
  public BufferedImage image() {
    long shortest = rows.values().stream().mapToLong(row -> row.size(0)).min().orElseThrow();
    int columns = (int) Math.min(MOST_COLUMNS, shortest);
    return new ExampleRows(columns, height, width).image(rows, MAGNIFICATION);
  }

  /**
   * Writes {@link #image} as PNG, with the folders above it.
   *
   * @throws java.io.UncheckedIOException naming {@code path}
   */
  public void write(Path path) {
    Png.write(image(), path);
  }

  /**
   * Writes the first 100 filters of a layer that sees square images as PNG, each scaled to [0, 1]
   * on its own.
   *
   * @param weights [nIn, nOut], such as {@code network.getParam("0_W")}
   * @throws IllegalArgumentException if nIn is not a square
   * @throws java.io.UncheckedIOException naming {@code path}
   */
  public static void writeFilters(INDArray weights, Path path) {
    BufferedImage tiles = FilterTiles.square(weights.size(0)).image(weights);
    Png.write(Png.magnify(tiles, MAGNIFICATION), path);
  }
}
