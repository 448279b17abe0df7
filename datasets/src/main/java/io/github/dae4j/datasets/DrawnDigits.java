package io.github.dae4j.datasets;

import java.util.Random;

/**
 * Handwritten digits drawn by this program, in the form of MNIST: an example without a download.
 */
public final class DrawnDigits {

  /** Images are SIDE x SIDE pixels. */
  public static final int SIDE = 28;

  static final ImageShape SHAPE = ImageShape.grey(SIDE, SIDE);

  private static final int CLASSES = 10;
  private static final double BOX = 20;

  private DrawnDigits() {}

  /**
   * Draws digits: images [count, 784], every digit once in each ten in a random order, white on
   * black in a box of 20 pixels around the centre of mass.
   *
   * @param seed the same seed gives the same images, bit by bit, on every machine; a larger count
   *     only adds images
   * @throws IllegalArgumentException unless count is in [1, 2739137]
   */
  public static ImageSet draw(int count, long seed) {
    return draw(count, seed, ProgressListener.NONE);
  }

  /** The same, watched. */
  public static ImageSet draw(int count, long seed, ProgressListener progress) {
    int pixels = SIDE * SIDE;
    if (count < 1 || count > Integer.MAX_VALUE / pixels) {
      throw new IllegalArgumentException(
          "DrawnDigits count must be in [1, %d], got %d"
              .formatted(Integer.MAX_VALUE / pixels, count));
    }
    int[] labels = labels(count, seed);
    byte[] grey = new byte[count * pixels];
    for (int i = 0; i < count; i++) {
      draw(labels[i], ImageRandom.of(seed, i)).copyTo(grey, i * pixels);
      progress.update("Drawing digits", i + 1, count);
    }
    return ImageSet.ofBytes(grey, SHAPE, labels, ImageSet.numbered(CLASSES));
  }

  /** Each ten labels are a shuffle of the ten digits. */
  private static int[] labels(int count, long seed) {
    int[] labels = new int[count];
    int[] ten = new int[CLASSES];
    Random random = null;
    for (int i = 0; i < count; i++) {
      int at = i % CLASSES;
      if (at == 0) {
        random = ImageRandom.of(seed, -1L - i);
        for (int digit = 0; digit < CLASSES; digit++) {
          int other = random.nextInt(digit + 1);
          ten[digit] = ten[other];
          ten[other] = digit;
        }
      }
      labels[i] = ten[at];
    }
    return labels;
  }

  private static Canvas draw(int digit, Random random) {
    Handwriting hand = new Handwriting(random);
    PenPath path = hand.write(digit);
    path.fit(BOX, SIDE / 2.0, hand.pen());
    Canvas canvas = new Canvas(SIDE);
    canvas.draw(path, 0.9 + 0.4 * random.nextDouble());
    return canvas;
  }
}
