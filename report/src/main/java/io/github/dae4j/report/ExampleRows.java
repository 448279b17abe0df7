package io.github.dae4j.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The first {@code columns} examples, images of {@code height x width} pixels in [0, 1], in
 * labelled rows.
 */
public record ExampleRows(int columns, int height, int width) {

  static final int LABEL_WIDTH = 104;
  static final int MARGIN = 8;
  static final int SPACING = 2;

  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  private static final int LABEL_GAP = 10;

  public ExampleRows {
    if (columns < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "ExampleRows needs at least 1 column and pixel, got %d columns of %d x %d"
              .formatted(columns, height, width));
    }
  }

  /**
   * Three times [at least columns, height * width] -> grey picture, each pixel a square of {@code
   * magnification x magnification}; values outside [0, 1] are clipped.
   *
   * @throws IllegalArgumentException naming the row whose shape does not fit
   */
  public BufferedImage image(
      INDArray clean, INDArray corrupted, INDArray reconstructed, int magnification) {
    Map<String, INDArray> rows = new LinkedHashMap<>();
    rows.put("clean", clean);
    rows.put("corrupted", corrupted);
    rows.put("reconstructed", reconstructed);
    return image(rows, magnification);
  }

  /**
   * A row for each label, in the order of the map, of [at least columns, height * width] -> grey
   * picture, each pixel a square of {@code magnification x magnification}; values outside [0, 1]
   * are clipped.
   *
   * @throws IllegalArgumentException naming the row whose shape does not fit
   */
  public BufferedImage image(Map<String, INDArray> labelled, int magnification) {
    Map<String, List<INDArray>> rows = new LinkedHashMap<>();
    labelled.forEach(
        (label, examples) -> {
          requireShape(label, examples);
          rows.put(label, IntStream.range(0, columns).mapToObj(examples::getRow).toList());
        });
    return image(rows, magnification, Color.WHITE);
  }

  /**
   * Rows of images [height * width] by their labels -> the same picture with grey frames; a row may
   * have fewer than {@code columns} images, and those beyond are left out.
   *
   * @throws IllegalArgumentException naming the row that has an image of another size
   */
  public BufferedImage framed(Map<String, List<INDArray>> rows, int magnification) {
    rows.forEach(this::requireSizes);
    return image(rows, magnification, Color.GRAY);
  }

  /**
   * A single row of examples without its label, as {@link #image} draws it, with pixels of 1 x 1.
   *
   * @throws IllegalArgumentException if the shape does not fit
   */
  public BufferedImage row(INDArray examples) {
    requireShape("the", examples);
    BufferedImage picture = white(columns * (width + SPACING) - SPACING, height);
    for (int column = 0; column < columns; column++) {
      double[] pixels = examples.getRow(column).toDoubleVector();
      paint(pixels, picture.getRaster(), column * (width + SPACING), 0, 1);
    }
    return picture;
  }

  /**
   * A row of at most {@code columns} images [height * width] with grey frames, without a label and
   * with pixels of 1 x 1.
   *
   * @throws IllegalArgumentException if an image has another size
   */
  public BufferedImage framedRow(List<INDArray> images) {
    requireSizes("the", images);
    BufferedImage picture = white(columns * (width + SPACING) + SPACING, height + 2 * SPACING);
    for (int column = 0; column < Math.min(columns, images.size()); column++) {
      int x = SPACING + column * (width + SPACING);
      frame(picture, x, SPACING);
      paint(images.get(column).toDoubleVector(), picture.getRaster(), x, SPACING, 1);
    }
    return picture;
  }

  /** A line around an image that begins at (x, y). */
  private void frame(BufferedImage picture, int x, int y) {
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.GRAY);
    graphics.drawRect(x - 1, y - 1, width + 1, height + 1);
    graphics.dispose();
  }

  private BufferedImage image(Map<String, List<INDArray>> rows, int magnification, Color frame) {
    Png.requireMagnification(magnification);
    BufferedImage picture =
        white(
            LABEL_WIDTH + columns * (width * magnification + SPACING) - SPACING + MARGIN,
            rows.size() * rowHeight(magnification) - SPACING + 2 * MARGIN);
    drawLabels(List.copyOf(rows.keySet()), picture, magnification);
    int y = MARGIN;
    for (List<INDArray> row : rows.values()) {
      int images = Math.min(columns, row.size());
      drawFrame(images, picture, y, magnification, frame);
      for (int column = 0; column < images; column++) {
        int x = LABEL_WIDTH + column * (width * magnification + SPACING);
        paint(row.get(column).toDoubleVector(), picture.getRaster(), x, y, magnification);
      }
      y += rowHeight(magnification);
    }
    return picture;
  }

  private void drawFrame(int images, BufferedImage picture, int y, int magnification, Color color) {
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(color);
    graphics.fillRect(
        LABEL_WIDTH - SPACING,
        y - SPACING,
        images == 0 ? 0 : images * (width * magnification + SPACING) + SPACING,
        rowHeight(magnification) + SPACING);
    graphics.dispose();
  }

  private void requireSizes(String label, List<INDArray> row) {
    for (INDArray image : row) {
      if (image.length() != (long) height * width) {
        throw new IllegalArgumentException(
            "%s images must have %d x %d pixels, got %d"
                .formatted(label, height, width, image.length()));
      }
    }
  }

  private int rowHeight(int magnification) {
    return height * magnification + SPACING;
  }

  private void requireShape(String label, INDArray examples) {
    if (examples.rank() != 2
        || examples.size(0) < columns
        || examples.size(1) != (long) height * width) {
      throw new IllegalArgumentException(
          "%s examples must be [%d or more, %d] (%d x %d pixels), got %s"
              .formatted(
                  label,
                  columns,
                  height * width,
                  height,
                  width,
                  Arrays.toString(examples.shape())));
    }
  }

  private void drawLabels(List<String> labels, BufferedImage picture, int magnification) {
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.BLACK);
    graphics.setFont(FONT);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    var metrics = graphics.getFontMetrics();
    for (int row = 0; row < labels.size(); row++) {
      String label = labels.get(row);
      int centre = MARGIN + row * rowHeight(magnification) + height * magnification / 2;
      int baseline = centre + (metrics.getAscent() - metrics.getDescent()) / 2;
      graphics.drawString(label, LABEL_WIDTH - LABEL_GAP - metrics.stringWidth(label), baseline);
    }
    graphics.dispose();
  }

  private static BufferedImage white(int width, int height) {
    BufferedImage picture = Png.grey(width, height);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    return picture;
  }

  private void paint(double[] example, WritableRaster raster, int x, int y, int magnification) {
    for (int dy = 0; dy < height * magnification; dy++) {
      for (int dx = 0; dx < width * magnification; dx++) {
        double value = example[dy / magnification * width + dx / magnification];
        raster.setSample(x + dx, y + dy, 0, Png.level(value));
      }
    }
  }
}
