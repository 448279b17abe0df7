package io.github.dae4j.stacked.run;

/**
 * A run that cannot begin, go on or be kept: its directory is another run's, configuration or data
 * have changed, or nothing can be written; the message says which, and what is left.
 */
public final class CheckpointException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says what is in the way. */
  public CheckpointException(String message) {
    super(message);
  }

  /** The same with what caused it. */
  public CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
