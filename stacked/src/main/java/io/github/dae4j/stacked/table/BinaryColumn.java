package io.github.dae4j.stacked.table;

import io.github.dae4j.layer.ColumnBlock;
import java.util.Objects;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Cells that say one of two words, one feature.
 *
 * @param zero the word that is 0
 * @param one the word that is 1
 */
public record BinaryColumn(
    @JsonProperty(required = true) String name,
    @JsonProperty(required = true) String zero,
    @JsonProperty(required = true) String one)
    implements Column {

  public BinaryColumn {
    ColumnRule.requireName(name);
    if (zero == null || one == null || Objects.equals(zero, one)) {
      throw new IllegalArgumentException(
          "BinaryColumn '%s' needs two words that differ, got '%s' and '%s'"
              .formatted(name, zero, one));
    }
  }

  @Override
  public ColumnBlock.Kind kind() {
    return ColumnBlock.Kind.BINARY;
  }

  @Override
  public int width() {
    return 1;
  }

  @Override
  public String featureName(int feature) {
    return name + "=" + one;
  }

  @Override
  public double[] values(String untrimmed) {
    String cell = untrimmed.strip();
    if (!cell.equals(zero) && !cell.equals(one)) {
      throw ColumnRule.broken(this, "'%s' or '%s'".formatted(zero, one), cell);
    }
    return new double[] {cell.equals(one) ? 1 : 0};
  }

  @Override
  public String cell(double[] values) {
    if (Double.isNaN(values[0])) {
      return null;
    }
    return values[0] >= 0.5 ? one : zero;
  }
}
