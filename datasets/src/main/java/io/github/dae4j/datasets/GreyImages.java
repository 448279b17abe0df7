package io.github.dae4j.datasets;

/** A set of square images that is being drawn, one after the other. */
final class GreyImages {

  private static final int PIXELS = DrawnDigits.SIDE * DrawnDigits.SIDE;

  /** What one array of bytes can hold. */
  static final int MOST = Integer.MAX_VALUE / PIXELS;

  private final byte[] grey;
  private final int[] labels;
  private final int classes;
  private int size;

  /**
   * Prepares it.
   *
   * @param name of who draws, for what is said of a wrong count
   */
  GreyImages(String name, int count, int classes) {
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException(
          "%s count must be in [1, %d], got %d".formatted(name, MOST, count));
    }
    this.grey = new byte[count * PIXELS];
    this.labels = new int[count];
    this.classes = classes;
  }

  void add(PixelRegion white, int label) {
    white.copyTo(grey, size * PIXELS);
    labels[size++] = label;
  }

  void add(byte[] pixels, int label) {
    System.arraycopy(pixels, 0, grey, size * PIXELS, PIXELS);
    labels[size++] = label;
  }

  /** The set, when all images are there. */
  ImageSet set() {
    return ImageSet.ofBytes(grey, DrawnDigits.SHAPE, labels, ImageSet.numbered(classes));
  }
}
