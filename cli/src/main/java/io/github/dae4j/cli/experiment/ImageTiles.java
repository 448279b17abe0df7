package io.github.dae4j.cli.experiment;

import io.github.dae4j.datasets.ImageShape;
import java.awt.image.BufferedImage;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Images of one shape, grey or coloured, side by side. */
public record ImageTiles(ImageShape shape, int columns) {

  /** Rows [n, values] in [0, 1]; what lies outside is clipped. */
  public BufferedImage images(INDArray rows) {
    return picture(rows, false);
  }

  /** Weights [values, units], each unit's scaled to [0, 1] on its own. */
  public BufferedImage filters(INDArray weights, int most) {
    int shown = (int) Math.min(most, weights.size(1));
    float[][] all = weights.transpose().dup('c').toFloatMatrix();
    return picture(java.util.Arrays.copyOf(all, shown), true);
  }

  private BufferedImage picture(INDArray rows, boolean isScaled) {
    return picture(rows.dup('c').toFloatMatrix(), isScaled);
  }

  private BufferedImage picture(float[][] rows, boolean isScaled) {
    int across = Math.min(columns, rows.length);
    int down = (rows.length + across - 1) / across;
    BufferedImage picture =
        new BufferedImage(
            across * (shape.width() + 1) - 1,
            down * (shape.height() + 1) - 1,
            BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < rows.length; i++) {
      float[] row = isScaled ? scaled(rows[i]) : rows[i];
      paint(row, picture, i % across * (shape.width() + 1), i / across * (shape.height() + 1));
    }
    return picture;
  }

  private void paint(float[] values, BufferedImage picture, int left, int top) {
    int channels = shape.channels();
    for (int pixel = 0; pixel < shape.height() * shape.width(); pixel++) {
      int red = level(values[pixel * channels]);
      int green = channels == 1 ? red : level(values[pixel * channels + 1]);
      int blue = channels == 1 ? red : level(values[pixel * channels + 2]);
      picture.setRGB(
          left + pixel % shape.width(), top + pixel / shape.width(), red << 16 | green << 8 | blue);
    }
  }

  private static int level(float value) {
    return Math.round(255 * Math.min(1, Math.max(0, value)));
  }

  private static float[] scaled(float[] values) {
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    float[] scaled = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      scaled[i] = most > least ? (values[i] - least) / (most - least) : 0;
    }
    return scaled;
  }
}
