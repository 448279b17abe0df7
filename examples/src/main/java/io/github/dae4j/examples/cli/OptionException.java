package io.github.dae4j.examples.cli;

/** An option's value breaks its rule; the message names option, rule and value. */
public final class OptionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private OptionException(String message) {
    super(message);
  }

  /** Throws unless {@code holds}: "--batch must be >= 1, got 0". */
  public static void require(String option, String rule, boolean holds, Object value) {
    if (!holds) {
      throw new OptionException(option + " must be " + rule + ", got " + value);
    }
  }
}
