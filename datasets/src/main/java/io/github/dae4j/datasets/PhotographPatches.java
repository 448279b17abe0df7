package io.github.dae4j.datasets;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Grey patches of 28 x 28 pixels that are cut from photographs at random, of which those with
 * little texture are left out, as Larochelle et al. (2007) describe.
 *
 * <p>Every second photograph, in the order of their names, is for test images alone, unless they
 * are {@link #shared}. The paper does not say below which variance a patch is left out; here a
 * standard deviation of a tenth of the range is needed. A photograph with a longer side than 1024
 * pixels is shrunk by a whole number.
 */
public final class PhotographPatches {

  /** The least standard deviation of a patch, in [0, 255]. */
  public static final double LEAST_DEVIATION = 25.5;

  private static final int LEAST_PHOTOGRAPHS = 2;
  private static final int LONGEST_SIDE = 1024;
  private static final int SIDE = DrawnDigits.SIDE;

  private final List<Photograph> photographs;
  private final boolean shared;

  private PhotographPatches(List<Photograph> photographs, boolean shared) {
    this.photographs = photographs;
    this.shared = shared;
  }

  /**
   * Reads a folder of photographs.
   *
   * @throws DataException naming the folder if fewer than two of its pictures have a patch with
   *     texture, or the file that cannot be read
   */
  public static PhotographPatches read(Path folder) {
    List<Photograph> textured =
        ImageFolder.files(folder).stream()
            .map(file -> Photograph.of(ImageFolder.grey(file, LONGEST_SIDE)))
            .filter(photograph -> photograph.places().length > 0)
            .toList();
    if (textured.size() < LEAST_PHOTOGRAPHS) {
      throw new DataException(
          "%s: must hold at least %d photographs with texture (a standard deviation of %.0f %% of the"
                  .formatted(folder, LEAST_PHOTOGRAPHS, 100 * LEAST_DEVIATION / 255)
              + " range in some %d x %d pixels), one for training and one for tests; found %d"
                  .formatted(SIDE, SIDE, textured.size()));
    }
    return new PhotographPatches(textured, false);
  }

  /**
   * The same photographs, all of them for training and for tests, as the set of twenty of the paper
   * seems to have been: patches of tests are others, of known photographs.
   */
  public PhotographPatches shared() {
    return new PhotographPatches(photographs, true);
  }

  /** Those for training and validation: the first, the third and so on. */
  public PhotographPatches forTraining() {
    return every(0);
  }

  /** Those for tests: the second, the fourth and so on. */
  public PhotographPatches forTest() {
    return every(1);
  }

  private PhotographPatches every(int parity) {
    return new PhotographPatches(
        IntStream.range(0, photographs.size())
            .filter(i -> shared || i % 2 == parity)
            .mapToObj(photographs::get)
            .toList(),
        shared);
  }

  /** The number of photographs that have a patch with texture. */
  public int size() {
    return photographs.size();
  }

  /** A patch: of any photograph, and any of its places, with the same probability. */
  byte[] draw(Random random) {
    Photograph photograph = photographs.get(random.nextInt(photographs.size()));
    return photograph.patch(photograph.places()[random.nextInt(photograph.places().length)]);
  }

  /**
   * A photograph.
   *
   * @param grey its pixels, row by row
   * @param places of the top left pixels of patches with texture
   */
  private record Photograph(byte[] grey, int width, int[] places) {

    static Photograph of(ImageSet one) {
      int width = one.shape().width();
      int height = one.shape().height();
      byte[] grey = DigitVariations.grey(one.images().getRow(0).toFloatVector());
      return new Photograph(grey, width, textured(grey, height, width));
    }

    byte[] patch(int place) {
      byte[] patch = new byte[SIDE * SIDE];
      for (int row = 0; row < SIDE; row++) {
        System.arraycopy(grey, place + row * width, patch, row * SIDE, SIDE);
      }
      return patch;
    }

    /** In whole numbers, so that every machine finds the same. */
    private static int[] textured(byte[] grey, int height, int width) {
      if (height < SIDE || width < SIDE) {
        return new int[0];
      }
      long[] sums = integral(grey, height, width, 1);
      long[] squares = integral(grey, height, width, 2);
      long count = (long) SIDE * SIDE;
      double least = count * count * LEAST_DEVIATION * LEAST_DEVIATION;
      return IntStream.range(0, (height - SIDE + 1) * width)
          .filter(place -> place % width <= width - SIDE)
          .filter(
              place -> {
                long sum = within(sums, place, width);
                return count * within(squares, place, width) - sum * sum >= least;
              })
          .toArray();
    }

    /** Sums of powers over all pixels above and to the left, with a row and a column of zeros. */
    private static long[] integral(byte[] grey, int height, int width, int power) {
      long[] sums = new long[(height + 1) * (width + 1)];
      for (int row = 0; row < height; row++) {
        long ofRow = 0;
        for (int column = 0; column < width; column++) {
          int value = grey[row * width + column] & 0xff;
          ofRow += power == 1 ? value : value * value;
          sums[(row + 1) * (width + 1) + column + 1] = sums[row * (width + 1) + column + 1] + ofRow;
        }
      }
      return sums;
    }

    private static long within(long[] sums, int place, int width) {
      int stride = width + 1;
      int topLeft = place / width * stride + place % width;
      int bottomLeft = topLeft + SIDE * stride;
      return sums[bottomLeft + SIDE] - sums[bottomLeft] - sums[topLeft + SIDE] + sums[topLeft];
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Photograph photograph && Arrays.equals(grey, photograph.grey);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(grey);
    }

    @Override
    public String toString() {
      return "photograph of %s pixels".formatted(grey.length);
    }
  }
}
