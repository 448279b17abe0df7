package io.github.dae4j.cli.experiment;

import io.github.dae4j.datasets.ImageSet;
import io.github.dae4j.datasets.ProgressListener;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;

/** How badly a model reconstructs images, one by one. */
public final class ReconstructionErrors {

  private static final int IMAGES_AT_ONCE = 500;

  private ReconstructionErrors() {}

  /** [images], in the units of the bottom layer's loss. */
  public static double[] of(
      StackedDenoisingAutoEncoder stack, ImageSet images, ProgressListener progress) {
    double[] errors = new double[images.size()];
    for (int from = 0; from < errors.length; from += IMAGES_AT_ONCE) {
      progress.update("Reconstructing test images", from, errors.length);
      int to = Math.min(from + IMAGES_AT_ONCE, errors.length);
      double[] some = stack.reconstructionError(images.range(from, to).images()).toDoubleVector();
      System.arraycopy(some, 0, errors, from, some.length);
    }
    progress.update("Reconstructing test images", errors.length, errors.length);
    return errors;
  }
}
