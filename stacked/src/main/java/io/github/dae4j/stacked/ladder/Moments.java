package io.github.dae4j.stacked.ladder;

/**
 * Running means and variances of the clean, unlabelled sums of levels 1 to L: what stands for those
 * of a minibatch when the network is used.
 */
final class Moments {

  /** Weight of the newest minibatch, once there were enough. */
  private static final double NEWEST = 0.05;

  private final LadderShape shape;
  private final boolean single;
  private final double[] values;

  /**
   * None yet.
   *
   * @param single whether values are rounded to FLOAT, as a checkpoint keeps them
   */
  Moments(LadderShape shape, boolean single) {
    this.shape = shape;
    this.single = single;
    int units = 0;
    for (int level = 1; level <= shape.top(); level++) {
      units += shape.widths()[level];
    }
    values = new double[2 * units];
  }

  void add(LadderStep step, long iteration) {
    double weight = Math.max(NEWEST, 1 / (iteration + 1.0));
    int at = 0;
    for (int level = 1; level <= shape.top(); level++) {
      at = add(step.mean(level), weight, at);
      at = add(step.variance(level), weight, at);
    }
  }

  private int add(double[] now, double weight, int at) {
    for (int j = 0; j < now.length; j++) {
      double moved = values[at + j] + weight * (now[j] - values[at + j]);
      values[at + j] = single ? (float) moved : moved;
    }
    return at + now.length;
  }

  double mean(int level, int unit) {
    return values[from(level) + unit];
  }

  double inverseDeviation(int level, int unit) {
    double variance = values[from(level) + shape.widths()[level] + unit];
    return 1 / Math.sqrt(variance + Normalization.EPSILON);
  }

  private int from(int level) {
    int from = 0;
    for (int below = 1; below < level; below++) {
      from += 2 * shape.widths()[below];
    }
    return from;
  }

  double[] values() {
    return values;
  }

  void restore(double[] before) {
    System.arraycopy(before, 0, values, 0, values.length);
  }
}
