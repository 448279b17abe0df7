package io.github.dae4j.datasets;

import java.util.Random;

/**
 * Digits that are rotated or lie on a background, after Larochelle et al. (2007).
 *
 * <p>The angle is uniform in [0, 2 pi). A pixel of the result is the brighter one of digit and
 * background. The paper leaves open how digits are interpolated and how both are joined: here the
 * turned digit is interpolated linearly between four pixels, black beyond the edge.
 */
final class DigitVariations {

  private static final int SIDE = DrawnDigits.SIDE;
  private static final int PIXELS = SIDE * SIDE;

  /** What is behind a digit, [784]. */
  @FunctionalInterface
  interface Background {

    /** Nothing. */
    Background BLACK = random -> new byte[PIXELS];

    /** Pixels that are uniform in 0 to 255. */
    Background NOISE =
        random -> {
          byte[] noise = new byte[PIXELS];
          for (int i = 0; i < PIXELS; i++) {
            noise[i] = (byte) random.nextInt(256);
          }
          return noise;
        };

    byte[] draw(Random random);
  }

  private DigitVariations() {}

  /** A digit [784] on a background, rotated before if it is to be. */
  static byte[] draw(float[] digit, boolean rotated, Background background, Random random) {
    byte[] ink = grey(rotated ? rotated(digit, 2 * Math.PI * random.nextDouble()) : digit);
    byte[] image = background.draw(random);
    for (int i = 0; i < PIXELS; i++) {
      image[i] = (byte) Math.max(image[i] & 0xff, ink[i] & 0xff);
    }
    return image;
  }

  /** Turns an image [784] counter-clockwise around its centre, by an angle in radians. */
  static float[] rotated(float[] image, double angle) {
    double cosine = StrictMath.cos(angle); // the same bits on every machine
    double sine = StrictMath.sin(angle);
    double centre = (SIDE - 1) / 2.0;
    float[] rotated = new float[PIXELS];
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        double x = column - centre;
        double y = row - centre;
        rotated[row * SIDE + column] =
            between(image, centre + sine * x + cosine * y, centre + cosine * x - sine * y);
      }
    }
    return rotated;
  }

  private static float between(float[] image, double row, double column) {
    int top = (int) Math.floor(row);
    int left = (int) Math.floor(column);
    double down = row - top;
    double right = column - left;
    double above = (1 - right) * at(image, top, left) + right * at(image, top, left + 1);
    double below = (1 - right) * at(image, top + 1, left) + right * at(image, top + 1, left + 1);
    return (float) ((1 - down) * above + down * below);
  }

  private static float at(float[] image, int row, int column) {
    return row < 0 || row >= SIDE || column < 0 || column >= SIDE ? 0 : image[row * SIDE + column];
  }

  /** Values in [0, 1] as bytes, 0 black and 255 white. */
  static byte[] grey(float[] values) {
    byte[] grey = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      grey[i] = (byte) Math.round(255 * Math.min(1, Math.max(0, values[i])));
    }
    return grey;
  }
}
