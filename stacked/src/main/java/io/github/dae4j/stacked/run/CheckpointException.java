package io.github.dae4j.stacked.run;

/**
 * A run that cannot begin, go on or be kept: its directory is another run's, configuration or data
 * have changed, or nothing can be written; the message says which, and what is left.
 */
public final class CheckpointException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CheckpointException(String message) {
    super(message);
  }

  CheckpointException(String message, Throwable cause) {
    super(message, cause);
  }
}
