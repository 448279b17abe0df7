package io.github.dae4j.report;

import java.awt.image.BufferedImage;

/** The greys of a picture, [height][width]. */
final class Pixels {

  private Pixels() {}

  static int[][] of(BufferedImage grey) {
    int[][] rows = new int[grey.getHeight()][];
    for (int y = 0; y < rows.length; y++) {
      rows[y] = grey.getRaster().getSamples(0, y, grey.getWidth(), 1, 0, (int[]) null);
    }
    return rows;
  }
}
