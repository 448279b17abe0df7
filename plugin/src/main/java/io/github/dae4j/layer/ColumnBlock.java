package io.github.dae4j.layer;

import java.io.Serializable;
import java.util.Objects;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Neighbouring features of one kind.
 *
 * @param width the number of features, at least 1; of a categorical block the number of categories
 */
public record ColumnBlock(
    @JsonProperty(required = true) ColumnKind kind, @JsonProperty(required = true) int width)
    implements Serializable {

  public ColumnBlock {
    Objects.requireNonNull(kind, "ColumnBlock kind must not be null");
    if (width < 1) {
      throw new IllegalArgumentException("ColumnBlock width must be at least 1, got " + width);
    }
  }

  /** So many standardised numbers. */
  public static ColumnBlock numeric(int width) {
    return new ColumnBlock(ColumnKind.NUMERIC, width);
  }

  /** So many features in [0, 1]. */
  public static ColumnBlock binary(int width) {
    return new ColumnBlock(ColumnKind.BINARY, width);
  }

  /** One column of so many categories, one-hot. */
  public static ColumnBlock categorical(int width) {
    return new ColumnBlock(ColumnKind.CATEGORICAL, width);
  }
}
