package io.github.dae4j.cli.experiment;

import java.util.List;

/**
 * How well missing pixels were filled.
 *
 * @param data what the images are
 * @param images trained on
 * @param missing the share of their pixels that was missing
 */
public record ImputationReport(
    String data, int images, double missing, long seed, List<Filled> holes) {

  /**
   * The root mean square error over the missing pixels of the test.
   *
   * @param share of the pixels that were missing
   * @param iterations with the lowest error on validation images
   * @param meanFill by the means of the pixels that were there in training
   * @param imputed by iterated reconstruction
   */
  public record Filled(
      Holes holes, double share, int iterations, double meanFill, double imputed) {}
}
