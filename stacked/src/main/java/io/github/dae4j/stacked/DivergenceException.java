package io.github.dae4j.stacked;

/** A loss or score that is NaN or infinite; the message says where, and at which learning rate. */
public class DivergenceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DivergenceException(String message) {
    super(message);
  }
}
