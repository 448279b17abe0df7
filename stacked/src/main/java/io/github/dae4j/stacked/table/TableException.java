package io.github.dae4j.stacked.table;

/** Says in one line what is wrong with a table and where: "people.csv:17: column 'age' ...". */
public final class TableException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  public TableException(String message) {
    super(message);
  }

  public TableException(String message, Throwable cause) {
    super(message, cause);
  }
}
