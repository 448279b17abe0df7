package io.github.dae4j.datasets;

/**
 * The size of an image whose values lie in one row: row by row from the top left, and pixel by
 * pixel red, green, blue where there are three channels.
 */
public record ImageShape(int height, int width, int channels) {

  /** What a shape may have at most: the length of a row of values. */
  public static final int MAX_VALUES = 1 << 20;

  public ImageShape {
    require("height", height);
    require("width", width);
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("ImageShape channels must be 1 or 3, got " + channels);
    }
    if ((long) height * width * channels > MAX_VALUES) {
      throw new IllegalArgumentException(
          "ImageShape height x width x channels must be at most %d, got %d x %d x %d"
              .formatted(MAX_VALUES, height, width, channels));
    }
  }

  /** A grey image. */
  public static ImageShape grey(int height, int width) {
    return new ImageShape(height, width, 1);
  }

  /** The number of values. */
  public int values() {
    return height * width * channels;
  }

  /** Height x width, as in all messages and options. */
  @Override
  public String toString() {
    return height + " x " + width + (channels == 3 ? " in colour" : "");
  }

  private static void require(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "ImageShape %s must be at least 1, got %d".formatted(name, value));
    }
  }
}
