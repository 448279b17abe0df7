package io.github.dae4j.datasets;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.stream.IntStream;

/** The pixels of an image as numbers in [0, 1]. */
record Pixels(float[] values, int height, int width, int channels) {

  /** The pixels of an image in a shape: its largest centred part that has these proportions. */
  static float[] scaled(BufferedImage image, ImageShape shape) {
    return new Scaling(of(image, shape.channels()), shape).values();
  }

  /** Whether all are grey: also of a picture in two colours or of a palette, if these are. */
  static boolean areGrey(BufferedImage image) {
    return image.getColorModel() instanceof IndexColorModel palette
        ? IntStream.range(0, palette.getMapSize()).map(palette::getRGB).allMatch(Pixels::isGrey)
        : image.getColorModel().getNumColorComponents() == 1;
  }

  private static boolean isGrey(int rgb) {
    return (rgb & 0xff) == (rgb >> 8 & 0xff) && (rgb & 0xff) == (rgb >> 16 & 0xff);
  }

  private static Pixels of(BufferedImage image, int channels) {
    boolean grey = image.getColorModel().getNumColorComponents() == 1;
    boolean transparent = image.getColorModel().hasAlpha();
    float[] values = new float[image.getHeight() * image.getWidth() * channels];
    Raster raster = image.getRaster();
    float white = (1 << Math.min(image.getColorModel().getComponentSize(0), 30)) - 1;
    int at = 0;
    for (int row = 0; row < image.getHeight(); row++) {
      for (int column = 0; column < image.getWidth(); column++) {
        // getRGB would take a grey image for linear light, and brighten it.
        float[] rgb =
            grey
                ? grey(
                    blended(
                        raster.getSample(column, row, 0) / white,
                        transparent ? raster.getSample(column, row, 1) / white : 1))
                : onWhite(image.getRGB(column, row));
        if (channels == 3) {
          values[at++] = rgb[0];
          values[at++] = rgb[1];
          values[at++] = rgb[2];
        } else {
          values[at++] = grey ? rgb[0] : 0.299f * rgb[0] + 0.587f * rgb[1] + 0.114f * rgb[2];
        }
      }
    }
    return new Pixels(values, image.getHeight(), image.getWidth(), channels);
  }

  private static float[] grey(float value) {
    return new float[] {value, value, value};
  }

  private static float blended(float colour, float opacity) {
    return opacity * colour + (1 - opacity);
  }

  private static float[] onWhite(int argb) {
    float opacity = (argb >>> 24) / 255f;
    float[] rgb = new float[3];
    for (int channel = 0; channel < 3; channel++) {
      float colour = (argb >>> (16 - 8 * channel) & 0xff) / 255f;
      rgb[channel] = blended(colour, opacity);
    }
    return rgb;
  }

  /** The largest centred part of an image with a shape's proportions, scaled to the shape. */
  private record Scaling(Pixels from, ImageShape to) {

    float[] values() {
      if (from.height == to.height() && from.width == to.width()) {
        return from.values;
      }
      double scale = Math.min((double) from.height / to.height(), (double) from.width / to.width());
      double top = (from.height - scale * to.height()) / 2;
      double left = (from.width - scale * to.width()) / 2;
      float[] scaled = new float[to.values()];
      int at = 0;
      for (int row = 0; row < to.height(); row++) {
        for (int column = 0; column < to.width(); column++) {
          for (int channel = 0; channel < to.channels(); channel++) {
            scaled[at++] = (float) mean(top + scale * row, left + scale * column, scale, channel);
          }
        }
      }
      return scaled;
    }

    /**
     * The mean over a square of the old image, whose pixels count by how much of them it covers.
     */
    private double mean(double top, double left, double side, int channel) {
      double sum = 0;
      double area = 0;
      for (int row = (int) top; row < Math.min(from.height, top + side); row++) {
        double high = Math.min(row + 1, top + side) - Math.max(row, top);
        for (int column = (int) left; column < Math.min(from.width, left + side); column++) {
          double wide = Math.min(column + 1, left + side) - Math.max(column, left);
          int at = (row * from.width + column) * from.channels + channel;
          sum += high * wide * from.values[at];
          area += high * wide;
        }
      }
      return sum / area;
    }
  }
}
