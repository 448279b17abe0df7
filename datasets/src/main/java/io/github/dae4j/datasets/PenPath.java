package io.github.dae4j.datasets;

import java.util.Arrays;

/** Where a pen goes and how hard it is pressed: the polylines of all strokes of one digit. */
final class PenPath {

  private static final int STEPS = 6;
  private static final double THINNEST = 0.6;

  double[] x = new double[128];
  double[] y = new double[128];

  /** Half the width of the line here; in the units of x and y. */
  double[] radius = new double[128];

  /** Whether the pen comes to this point through the air: the first point of each stroke. */
  boolean[] lifted = new boolean[128];

  int size;

  /** Adds the Catmull-Rom curve through the points of a stroke, broken at its corners. */
  void add(Skeleton.Stroke stroke) {
    double[] px = stroke.x();
    double[] py = stroke.y();
    int last = px.length - 1;
    append(px[0], py[0], true);
    for (int i = 0; i < last; i++) {
      boolean starts = i == 0 || stroke.corner()[i];
      boolean ends = i + 1 == last || stroke.corner()[i + 1];
      for (int step = 1; step <= STEPS; step++) {
        double t = (double) step / STEPS;
        append(curve(px, i, starts, ends, t), curve(py, i, starts, ends, t), false);
      }
    }
  }

  /** The curve between points i and i + 1 at t in [0, 1]; past an end it goes straight on. */
  private static double curve(double[] p, int i, boolean starts, boolean ends, double t) {
    double before = starts ? 2 * p[i] - p[i + 1] : p[i - 1];
    double after = ends ? 2 * p[i + 1] - p[i] : p[i + 2];
    return catmullRom(before, p[i], p[i + 1], after, t);
  }

  /** Cubic from b (t = 0) to c (t = 1) with the slopes (c - a) / 2 and (d - b) / 2. */
  static double catmullRom(double a, double b, double c, double d, double t) {
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
  }

  /**
   * Scales the path so that its longer side, ink included, is {@code box}, and moves its centre of
   * mass to (centre, centre).
   *
   * @param pen what a radius of 1 becomes; no radius becomes less than 0.6
   */
  void fit(double box, double centre, double pen) {
    double scale = (box - 2 * pen) / Math.max(extent(x), extent(y));
    for (int i = 0; i < size; i++) {
      x[i] *= scale;
      y[i] *= scale;
      radius[i] = Math.max(THINNEST, pen * radius[i]);
    }
    double mass = 0;
    double massX = 0;
    double massY = 0;
    for (int i = 1; i < size; i++) {
      if (!lifted[i]) {
        double dx = x[i] - x[i - 1];
        double dy = y[i] - y[i - 1];
        double ink = Math.sqrt(dx * dx + dy * dy) * (radius[i] + radius[i - 1]);
        mass += ink;
        massX += ink * (x[i] + x[i - 1]) / 2;
        massY += ink * (y[i] + y[i - 1]) / 2;
      }
    }
    for (int i = 0; i < size; i++) {
      x[i] += centre - massX / mass;
      y[i] += centre - massY / mass;
    }
  }

  private double extent(double[] values) {
    double low = values[0];
    double high = values[0];
    for (int i = 1; i < size; i++) {
      low = Math.min(low, values[i]);
      high = Math.max(high, values[i]);
    }
    return high - low;
  }

  private void append(double px, double py, boolean isLifted) {
    if (size == x.length) {
      x = Arrays.copyOf(x, 2 * size);
      y = Arrays.copyOf(y, 2 * size);
      radius = Arrays.copyOf(radius, 2 * size);
      lifted = Arrays.copyOf(lifted, 2 * size);
    }
    x[size] = px;
    y[size] = py;
    lifted[size++] = isLifted;
  }
}
