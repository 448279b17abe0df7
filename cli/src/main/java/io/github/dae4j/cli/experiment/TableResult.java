package io.github.dae4j.cli.experiment;

/**
 * How linear models did that were trained on few rows with labels.
 *
 * @param labels rows that had one
 * @param columns on the table's own features
 * @param codes on the autoencoder's codes
 */
public record TableResult(int labels, long seed, Errors columns, Errors codes) {

  /** The least error on the validation rows, and that on the test rows then; both in [0, 1]. */
  public record Errors(double validation, double test) {}
}
