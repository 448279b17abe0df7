package io.github.dae4j.datasets;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Images to train on, others to choose settings by, and others to judge by.
 *
 * @param validation null for none
 */
public record Splits(String name, ImageSet train, ImageSet validation, ImageSet test) {

  private static final int SHOWN = 10;

  /** The first test images, to look at what is made of them [at most 10, pixels]. */
  public INDArray shown() {
    return test.first(Math.min(SHOWN, test.size())).images();
  }
}
