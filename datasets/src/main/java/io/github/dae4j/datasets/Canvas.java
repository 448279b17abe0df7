package io.github.dae4j.datasets;

/** Lays ink on the grey pixels of one image, anti-aliased by the distance from the pen's path. */
final class Canvas {

  private final int side;
  private final float[] ink;

  Canvas(int side) {
    this.side = side;
    this.ink = new float[side * side];
  }

  /**
   * Draws a path whose coordinates are pixels from the top left corner.
   *
   * @param edge the width of the blurred edge of a line, in pixels
   */
  void draw(PenPath path, double edge) {
    for (int i = 1; i < path.size; i++) {
      if (!path.lifted[i]) {
        segment(path, i, edge);
      }
    }
  }

  private void segment(PenPath path, int i, double edge) {
    double ax = path.x[i - 1];
    double ay = path.y[i - 1];
    double bx = path.x[i] - ax;
    double by = path.y[i] - ay;
    double reach = Math.max(path.radius[i - 1], path.radius[i]) + edge / 2;
    double perSquare = 1 / Math.max(bx * bx + by * by, 1e-9);
    double widening = path.radius[i] - path.radius[i - 1];
    int right = last(Math.max(ax, ax + bx) + reach);
    int bottom = last(Math.max(ay, ay + by) + reach);
    int left = first(Math.min(ax, ax + bx) - reach);
    for (int row = first(Math.min(ay, ay + by) - reach); row <= bottom; row++) {
      double y = row + 0.5 - ay;
      for (int column = left; column <= right; column++) {
        double x = column + 0.5 - ax;
        double along = Math.min(1, Math.max(0, (x * bx + y * by) * perSquare));
        double dx = x - along * bx;
        double dy = y - along * by;
        double inside = path.radius[i - 1] + along * widening - Math.sqrt(dx * dx + dy * dy);
        int pixel = row * side + column;
        ink[pixel] = Math.max(ink[pixel], (float) (0.5 + inside / edge));
      }
    }
  }

  /** The first pixel whose centre is at or after a coordinate. */
  private static int first(double coordinate) {
    return Math.max(0, (int) Math.ceil(coordinate - 0.5));
  }

  private int last(double coordinate) {
    return Math.min(side - 1, (int) Math.floor(coordinate - 0.5));
  }

  /** Writes the pixels as grey bytes, 0 to 255, row by row. */
  void copyTo(byte[] grey, int offset) {
    for (int i = 0; i < ink.length; i++) {
      grey[offset + i] = (byte) Math.round(255 * Math.min(1, ink[i]));
    }
  }
}
