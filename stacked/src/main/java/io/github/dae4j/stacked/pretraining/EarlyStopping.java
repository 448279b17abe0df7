package io.github.dae4j.stacked.pretraining;

/**
 * When a layer has learnt enough: after {@code patience} epochs without a validation error that is
 * better by a share of {@code improvement}. The weights of the lowest error are kept in any case.
 *
 * @param patience epochs without improvement that end the layer's training, at least 1
 * @param improvement the share by which an error must be lower to count, in [0, 1)
 */
public record EarlyStopping(int patience, double improvement) {

  public EarlyStopping {
    if (patience < 1) {
      throw new IllegalArgumentException("EarlyStopping patience must be >= 1, got " + patience);
    }
    if (!(improvement >= 0 && improvement < 1)) {
      throw new IllegalArgumentException(
          "EarlyStopping improvement must be in [0, 1), got " + improvement);
    }
  }

  /** Any lower error counts as an improvement. */
  public EarlyStopping(int patience) {
    this(patience, 0);
  }
}
