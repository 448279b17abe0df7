package io.github.dae4j.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Rows of groups of {@code images} square images with {@code side x side} pixels in [0, 1]: a name
 * and a line about it left of each row, a caption above each group.
 */
public record GalleryPicture(int images, int side, int magnification) {

  static final int TEXT_WIDTH = 330;
  static final int CAPTION_HEIGHT = 22;
  static final int MARGIN = 12;

  private static final int SPACING = 2; // between images
  private static final int GAP = 20; // between groups, and below rows
  private static final int LINE = 20;
  private static final Font NAME = new Font(Font.SANS_SERIF, Font.BOLD, 16);
  private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
  private static final Color SOFT = new Color(0x50, 0x50, 0x50);

  /** Images [at least {@code images}, side * side] with a caption. */
  public record Group(String caption, INDArray pixels) {}

  /** Groups side by side. */
  public record Row(String name, String text, List<Group> groups) {}

  public GalleryPicture {
    if (images < 1 || side < 1) {
      throw new IllegalArgumentException(
          "GalleryPicture needs at least 1 image and pixel, got %d images of %d x %d"
              .formatted(images, side, side));
    }
    Png.requireMagnification(magnification);
  }

  /**
   * Draws the rows on white; values outside [0, 1] are clipped.
   *
   * @throws IllegalArgumentException naming the group whose shape does not fit
   */
  public BufferedImage image(List<Row> rows) {
    rows.forEach(row -> row.groups().forEach(group -> requireShape(row, group)));
    int groups = rows.stream().mapToInt(row -> row.groups().size()).max().orElse(0);
    BufferedImage picture =
        Png.grey(groupLeft(groups) - GAP + MARGIN, 2 * MARGIN + rows.size() * rowHeight() - GAP);
    Graphics2D graphics = graphics(picture);
    for (int i = 0; i < rows.size(); i++) {
      int top = MARGIN + i * rowHeight();
      drawText(rows.get(i), graphics, top);
      for (int j = 0; j < rows.get(i).groups().size(); j++) {
        draw(rows.get(i).groups().get(j), picture, graphics, groupLeft(j), top);
      }
    }
    graphics.dispose();
    return picture;
  }

  private int rowHeight() {
    return CAPTION_HEIGHT + side * magnification + GAP;
  }

  int groupLeft(int group) {
    return MARGIN
        + TEXT_WIDTH
        + group * (images * (side * magnification + SPACING) - SPACING + GAP);
  }

  private void requireShape(Row row, Group group) {
    INDArray pixels = group.pixels();
    if (pixels.rank() != 2 || pixels.size(0) < images || pixels.size(1) != (long) side * side) {
      throw new IllegalArgumentException(
          "images of %s, %s must be [%d or more, %d], got %s"
              .formatted(
                  row.name(),
                  group.caption(),
                  images,
                  side * side,
                  Arrays.toString(pixels.shape())));
    }
  }

  private static Graphics2D graphics(BufferedImage picture) {
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    return graphics;
  }

  /** Both lines, around the middle of the images. */
  private void drawText(Row row, Graphics2D graphics, int top) {
    int middle = top + CAPTION_HEIGHT + side * magnification / 2;
    graphics.setColor(Color.BLACK);
    graphics.setFont(NAME);
    graphics.drawString(row.name(), MARGIN, middle - LINE / 4);
    graphics.setColor(SOFT);
    graphics.setFont(TEXT);
    graphics.drawString(row.text(), MARGIN, middle - LINE / 4 + LINE);
  }

  private void draw(Group group, BufferedImage picture, Graphics2D graphics, int left, int top) {
    graphics.setColor(SOFT);
    graphics.setFont(TEXT);
    graphics.drawString(group.caption(), left, top + CAPTION_HEIGHT - 6);
    for (int i = 0; i < images; i++) {
      int x = left + i * (side * magnification + SPACING);
      paint(group.pixels().getRow(i).toDoubleVector(), picture.getRaster(), x, top);
    }
  }

  private void paint(double[] pixels, WritableRaster raster, int left, int top) {
    for (int y = 0; y < side * magnification; y++) {
      for (int x = 0; x < side * magnification; x++) {
        double value = pixels[y / magnification * side + x / magnification];
        raster.setSample(left + x, top + CAPTION_HEIGHT + y, 0, Png.level(value));
      }
    }
  }
}
