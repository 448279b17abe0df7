package io.github.dae4j.datasets;

import java.util.Random;

/**
 * The side of a line to which a normal vector points: x cos + y sin >= distance.
 *
 * @param cos of the angle of the normal vector
 * @param sin of the same
 * @param distance of the line from the top left corner of the image, in pixels
 */
record HalfPlane(double cos, double sin, double distance) {

  /** A line through a point that is uniform in the image, in a direction that is uniform. */
  static HalfPlane draw(Random random) {
    double angle = 2 * Math.PI * random.nextDouble();
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    double x = DrawnDigits.SIDE * random.nextDouble();
    double y = DrawnDigits.SIDE * random.nextDouble();
    return new HalfPlane(cos, sin, x * cos + y * sin);
  }

  /** The pixels of a row whose centres are inside, a bit for each column. */
  int columns(int row) {
    double edge =
        (distance - (row + 0.5) * sin) / cos - 0.5; // as a column, where centres are whole
    return cos > 0 ? from((int) Math.ceil(edge)) : ~from((int) Math.floor(edge) + 1);
  }

  private static int from(int column) {
    return column >= DrawnDigits.SIDE ? 0 : -1 << Math.max(0, column);
  }
}
