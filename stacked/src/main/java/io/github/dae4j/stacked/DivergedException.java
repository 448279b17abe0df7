package io.github.dae4j.stacked;

/** A score, a validation error or a weight that is no longer a finite number. */
public final class DivergedException extends ArithmeticException {

  private static final long serialVersionUID = 1L;

  DivergedException(
      String what, double value, int layer, int epoch, int iteration, double learningRate) {
    super(
        "pretraining layer %d diverged: %s is %s in epoch %d, iteration %d, at learning rate %s"
            .formatted(layer, what, value, epoch, iteration, learningRate));
  }
}
