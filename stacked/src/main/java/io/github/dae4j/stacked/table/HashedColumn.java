package io.github.dae4j.stacked.table;

import io.github.dae4j.layer.ColumnBlock;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Text with too many values for a feature each: every text is one of so many features, by its hash.
 *
 * @param width the number of features, in [2, 65536]
 */
public record HashedColumn(
    @JsonProperty(required = true) String name, @JsonProperty(required = true) int width)
    implements Column {

  private static final int LEAST = 2;
  private static final int MOST = 1 << 16;

  public HashedColumn {
    ColumnRule.requireName(name);
    if (width < LEAST || width > MOST) {
      throw new IllegalArgumentException(
          "HashedColumn '%s' width must be in [%d, %d], got %d"
              .formatted(name, LEAST, MOST, width));
    }
  }

  /** Reads the number of features that a user asks for. */
  static int width(String text) {
    int width = text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
    if (width < LEAST || width > MOST) {
      throw new TableException(
          "the number of features in 'text 32' must be in [%d, %d], got '%s'"
              .formatted(LEAST, MOST, text));
    }
    return width;
  }

  @Override
  public ColumnBlock.Kind kind() {
    return ColumnBlock.Kind.CATEGORICAL;
  }

  @Override
  public String featureName(int feature) {
    return name + "#" + feature;
  }

  @Override
  public double[] values(String cell) {
    double[] block = new double[width];
    block[bucket(cell)] = 1;
    return block;
  }

  int bucket(String cell) {
    int hash = cell.strip().hashCode() * 0x9E3779B9; // String's hash is the same everywhere
    return Math.floorMod(hash ^ hash >>> 15, width);
  }

  /** None: a hash has no text. */
  @Override
  public String cell(double[] values) {
    return null;
  }
}
