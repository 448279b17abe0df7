package io.github.dae4j.datasets;

import java.util.List;
import java.util.Random;

/**
 * The random hand of one image: it chooses a form of the digit and bends, slants and presses it.
 *
 * <p>Only arithmetic that is the same on every machine is used: {@link Random}, whose numbers are
 * specified, and {@link StrictMath}.
 */
final class Handwriting {

  // Lengths in the units of digits.txt, angles in radians; all but the means are deviations.
  private static final double POINT_JITTER = 0.13;
  private static final double STROKE_JITTER = 0.2;
  private static final int WAVES = 4;
  private static final double WAVE_HEIGHT = 0.42;
  private static final double SLANT_MEAN = 0.12;
  private static final double SLANT = 0.22;
  private static final double ROTATION = 0.09;
  private static final double WIDTH_MEAN = 0.12;
  private static final double STRETCH = 0.18;
  private static final double PEN_PIXELS = 1.3;
  private static final double PEN_SPREAD = 0.24;
  private static final double MIDDLE_X = 3;
  private static final double MIDDLE_Y = 5;

  private final Random random;

  Handwriting(Random random) {
    this.random = random;
  }

  /** Writes a digit; a radius of 1 is the pen's own. */
  PenPath write(int digit) {
    PenPath path = new PenPath();
    for (Skeleton.Stroke stroke : choose(Skeleton.of(digit)).strokes()) {
      int from = path.size;
      path.add(jitter(stroke));
      press(path, from);
    }
    wave(path);
    turn(path);
    return path;
  }

  /** Half the width of the pen's line, in pixels. */
  double pen() {
    return PEN_PIXELS * StrictMath.exp(PEN_SPREAD * bell());
  }

  private Skeleton choose(List<Skeleton> forms) {
    int total = forms.stream().mapToInt(Skeleton::weight).sum();
    int ticket = random.nextInt(total);
    int i = 0;
    while (ticket >= forms.get(i).weight()) {
      ticket -= forms.get(i++).weight();
    }
    return forms.get(i);
  }

  private Skeleton.Stroke jitter(Skeleton.Stroke stroke) {
    return new Skeleton.Stroke(jitter(stroke.x()), jitter(stroke.y()), stroke.corner());
  }

  private double[] jitter(double[] values) {
    double shift = STROKE_JITTER * bell();
    double[] moved = new double[values.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = values[i] + shift + POINT_JITTER * bell();
    }
    return moved;
  }

  /** Pressure wanders smoothly along the stroke and fades a little at its ends. */
  private void press(PenPath path, int from) {
    double[] knots = new double[6];
    for (int i = 0; i < knots.length; i++) {
      knots[i] = 1 + 0.14 * bell();
    }
    knots[1] -= 0.25 * random.nextDouble();
    knots[4] -= 0.35 * random.nextDouble();
    int last = path.size - 1 - from;
    for (int i = 0; i <= last; i++) {
      double at = 3.0 * i / last;
      int k = Math.min((int) at, 2);
      path.radius[from + i] =
          Math.max(
              0.5, PenPath.catmullRom(knots[k], knots[k + 1], knots[k + 2], knots[k + 3], at - k));
    }
  }

  /** Elastic distortion: a sum of a few long waves, each with a direction of its own. */
  private void wave(PenPath path) {
    for (int w = 0; w < WAVES; w++) {
      double angle = 2 * Math.PI * random.nextDouble();
      double frequency = 2 * Math.PI / (10 + 12 * random.nextDouble());
      double kx = frequency * StrictMath.cos(angle);
      double ky = frequency * StrictMath.sin(angle);
      double phase = 2 * Math.PI * random.nextDouble();
      double dx = WAVE_HEIGHT * bell();
      double dy = WAVE_HEIGHT * bell();
      for (int i = 0; i < path.size; i++) {
        double height = StrictMath.sin(kx * path.x[i] + ky * path.y[i] + phase);
        path.x[i] += dx * height;
        path.y[i] += dy * height;
      }
    }
  }

  /** Slant, width and rotation. */
  private void turn(PenPath path) {
    double width = StrictMath.exp(WIDTH_MEAN + STRETCH * bell());
    double slant = SLANT_MEAN + SLANT * bell();
    double angle = ROTATION * bell();
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    for (int i = 0; i < path.size; i++) {
      double down = path.y[i] - MIDDLE_Y;
      double right = width * (path.x[i] - MIDDLE_X) - slant * down;
      path.x[i] = cos * right - sin * down;
      path.y[i] = sin * right + cos * down;
    }
  }

  /** A normal draw of deviation 1 without its tails, in which no digit is legible. */
  private double bell() {
    return Math.max(-2, Math.min(2, random.nextGaussian()));
  }
}
