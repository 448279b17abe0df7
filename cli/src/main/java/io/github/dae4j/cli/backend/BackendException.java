package io.github.dae4j.cli.backend;

/** Says in one line why ND4J cannot start here, and what would help. */
public final class BackendException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BackendException(String message) {
    super(message);
  }

  BackendException(String message, Throwable cause) {
    super(message, cause);
  }
}
