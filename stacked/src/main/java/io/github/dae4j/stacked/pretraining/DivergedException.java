package io.github.dae4j.stacked.pretraining;

/**
 * A loss, an error or a weight that is no longer a finite number; the message says which, where and
 * at which learning rate.
 */
public final class DivergedException extends ArithmeticException {

  private static final long serialVersionUID = 1L;

  public DivergedException(String message) {
    super(message);
  }
}
