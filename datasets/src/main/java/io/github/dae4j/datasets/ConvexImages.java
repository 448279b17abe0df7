package io.github.dae4j.datasets;

import java.util.Random;

/**
 * White regions on black, convex or not, generated afresh by the procedure of the set convex of
 * Larochelle et al. (2007).
 *
 * <p>A convex region is the intersection of random half-planes; how many is geometric with
 * parameter 0.195, and there are at least 19 pixels. A region that is not convex is the union of
 * two to four such intersections, with parameter 0.07 and at least 10 pixels each, of those unions
 * that have a black pixel between two white ones.
 */
public final class ConvexImages {

  /** The label of an image whose region is convex. */
  public static final int CONVEX = 1;

  private static final int CLASSES = 2;

  private ConvexImages() {}

  /**
   * Draws images [count, 784] of 0 and 1, each of either class with probability 1/2.
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
    GreyImages images = new GreyImages("ConvexImages", count, CLASSES);
    for (int i = 0; i < count; i++) {
      Random random = ImageRandom.of(seed, i);
      int label = random.nextInt(CLASSES);
      images.add(label == CONVEX ? convex(random) : notConvex(random), label);
      progress.update("Drawing regions", i + 1, count);
    }
    return images.set();
  }

  private static PixelRegion convex(Random random) {
    return intersection(random, 0.195, 19);
  }

  private static PixelRegion notConvex(Random random) {
    while (true) {
      PixelRegion union = PixelRegion.empty();
      int parts = 2 + random.nextInt(3);
      for (int part = 0; part < parts; part++) {
        union.unite(intersection(random, 0.07, 10));
      }
      if (!union.isConvex()) {
        return union;
      }
    }
  }

  /** Draws intersections until one has enough pixels. */
  private static PixelRegion intersection(Random random, double parameter, int leastPixels) {
    while (true) {
      PixelRegion region = PixelRegion.whole();
      while (random.nextDouble() >= parameter && region.size() >= leastPixels) {
        region.intersect(HalfPlane.draw(random));
      }
      if (region.size() >= leastPixels) {
        return region;
      }
    }
  }
}
