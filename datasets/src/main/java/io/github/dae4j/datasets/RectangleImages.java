package io.github.dae4j.datasets;

import java.util.Random;
import java.util.function.IntFunction;

/**
 * Outlines of rectangles, one pixel wide and white on black, that are tall or wide, generated
 * afresh by the procedure of the set rectangles of Larochelle et al. (2007).
 *
 * <p>Height and width are uniform, and drawn again where they differ by less than 3 pixels; the
 * place is uniform among those where the rectangle is within the image.
 */
public final class RectangleImages {

  /** The label of a rectangle that is higher than wide. */
  public static final int TALL = 1;

  private static final int CLASSES = 2;
  private static final int SIDE = DrawnDigits.SIDE;
  private static final int LEAST_DIFFERENCE = 3;
  private static final int LEAST_SIDE = 10; // of patches
  private static final int LEAST_DIFFERENCE_OF_PATCHES = 5;

  private RectangleImages() {}

  /**
   * Draws images [count, 784] of 0 and 1; the labels come as the sizes do, either with probability
   * 1/2.
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
    GreyImages images = new GreyImages("RectangleImages", count, CLASSES);
    for (int i = 0; i < count; i++) {
      Random random = ImageRandom.of(seed, i);
      int height;
      int width;
      do {
        height = 1 + random.nextInt(SIDE);
        width = 1 + random.nextInt(SIDE);
      } while (Math.abs(height - width) < LEAST_DIFFERENCE);
      int top = random.nextInt(SIDE - height + 1);
      int left = random.nextInt(SIDE - width + 1);
      images.add(outline(top, left, height, width), height > width ? TALL : 1 - TALL);
      progress.update("Drawing rectangles", i + 1, count);
    }
    return images.set();
  }

  /**
   * Rectangles cut from patches of photographs, each on another patch: the set rect-img of the same
   * paper. Sides are at least 10 pixels and differ by at least 5, and a rectangle covers a quarter
   * to three quarters of the image.
   */
  static ImageSet ofPatches(
      int count, IntFunction<PhotographPatches> patches, long seed, ProgressListener progress) {
    GreyImages images = new GreyImages("rect-img", count, CLASSES);
    for (int i = 0; i < count; i++) {
      Random random = ImageRandom.of(seed, i);
      int height;
      int width;
      do {
        height = LEAST_SIDE + random.nextInt(SIDE - LEAST_SIDE + 1);
        width = LEAST_SIDE + random.nextInt(SIDE - LEAST_SIDE + 1);
      } while (Math.abs(height - width) < LEAST_DIFFERENCE_OF_PATCHES
          || 4 * height * width < SIDE * SIDE
          || 4 * height * width > 3 * SIDE * SIDE);
      int top = random.nextInt(SIDE - height + 1);
      int left = random.nextInt(SIDE - width + 1);
      byte[] image = patches.apply(i).draw(random);
      byte[] inside = patches.apply(i).draw(random);
      for (int row = top; row < top + height; row++) {
        System.arraycopy(inside, row * SIDE + left, image, row * SIDE + left, width);
      }
      images.add(image, height > width ? TALL : 1 - TALL);
      progress.update("Drawing rect-img", i + 1, count);
    }
    return images.set();
  }

  private static PixelRegion outline(int top, int left, int height, int width) {
    PixelRegion outline = PixelRegion.empty();
    for (int row = top; row < top + height; row++) {
      outline.add(row, left);
      outline.add(row, left + width - 1);
    }
    for (int column = left; column < left + width; column++) {
      outline.add(top, column);
      outline.add(top + height - 1, column);
    }
    return outline;
  }
}
