package io.github.dae4j.datasets;

/**
 * Says in one line what is wrong with a data file or its download, and where: fit to be shown to
 * the person who named the file, without a stack trace.
 */
public final class DataException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DataException(String message) {
    super(message);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
