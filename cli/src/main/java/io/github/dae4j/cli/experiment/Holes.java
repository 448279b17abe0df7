package io.github.dae4j.cli.experiment;

import java.util.Arrays;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Which pixels of square images are missing. */
public enum Holes {

  /** Each pixel of an image with probability 1/2. */
  PIXELS("half of the pixels") {
    @Override
    void punch(float[] image, int side, Random random) {
      scatter(image, 0.5, random);
    }
  },

  /** A square in the middle, a third of the side long, moved by up to two pixels. */
  BLOCK("a block in the middle") {
    @Override
    void punch(float[] image, int side, Random random) {
      int length = side / 3;
      int top = (side - length) / 2 + random.nextInt(5) - 2;
      int left = (side - length) / 2 + random.nextInt(5) - 2;
      for (int row = top; row < top + length; row++) {
        Arrays.fill(image, row * side + left, row * side + left + length, Float.NaN);
      }
    }
  };

  private final String text;

  Holes(String text) {
    this.text = text;
  }

  abstract void punch(float[] image, int side, Random random);

  /** A copy of images [n, pixels] whose missing pixels are NaN. */
  INDArray in(INDArray images, long seed) {
    int side = (int) Math.sqrt(images.size(1));
    return copy(images, new Random(seed), (image, random) -> punch(image, side, random));
  }

  /** The same, where each pixel is missing with this probability. */
  static INDArray ofPixels(INDArray images, double share, long seed) {
    return copy(images, new Random(seed), (image, random) -> scatter(image, share, random));
  }

  private static void scatter(float[] image, double share, Random random) {
    for (int pixel = 0; pixel < image.length; pixel++) {
      image[pixel] = random.nextDouble() < share ? Float.NaN : image[pixel];
    }
  }

  /** Makes holes in one image. */
  private interface Punch {
    void into(float[] image, Random random);
  }

  private static INDArray copy(INDArray images, Random random, Punch punch) {
    float[][] rows = images.toFloatMatrix();
    for (float[] row : rows) {
      punch.into(row, random);
    }
    return Nd4j.createFromArray(rows);
  }

  @Override
  public String toString() {
    return text;
  }
}
