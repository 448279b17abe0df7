package io.github.dae4j.ui;

import io.github.dae4j.corruption.Corruption;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Images that are shown while a network trains.
 *
 * @param clean [images, height * width] in [0, 1], as the network's first layer takes them
 * @param corrupted of the same shape
 */
public record ImageExamples(INDArray clean, INDArray corrupted, int height, int width) {

  public ImageExamples {
    requireShape("clean", clean, height, width);
    requireShape("corrupted", corrupted, height, width);
  }

  /**
   * Square images and what a corruption makes of them; no global generator is touched.
   *
   * @throws IllegalArgumentException if a row is no square
   */
  public static ImageExamples ofSquares(INDArray clean, Corruption corruption, long seed) {
    int side = (int) Math.round(Math.sqrt(clean.size(1)));
    INDArray corrupted =
        corruption
            .corrupt(clean, Nd4j.getRandomFactory().getNewRandomInstance(seed), 0, 0)
            .values();
    return new ImageExamples(clean, corrupted, side, side);
  }

  private static void requireShape(String name, INDArray images, int height, int width) {
    if (images.rank() != 2 || images.size(0) < 1 || images.size(1) != (long) height * width) {
      throw new IllegalArgumentException(
          "ImageExamples %s must be [images, %d] (%d x %d pixels), got %s"
              .formatted(name, height * width, height, width, Arrays.toString(images.shape())));
    }
  }
}
