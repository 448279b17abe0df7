package io.github.dae4j.stacked.table;

import io.github.dae4j.layer.ColumnBlock;
import java.math.BigDecimal;
import org.nd4j.shade.jackson.annotation.JsonInclude;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Numbers, one feature: standardised by mean and standard deviation of the training rows.
 *
 * @param decimals with which an expected number is written at most; null for as many as its
 *     standard deviation asks for
 */
public record NumericColumn(
    @JsonProperty(required = true) String name,
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer decimals)
    implements Column {

  private static final int MOST_DECIMALS = 12;

  public NumericColumn {
    ColumnRule.requireName(name);
    if (decimals != null && !(decimals >= 0 && decimals <= MOST_DECIMALS)) {
      throw new IllegalArgumentException(
          "NumericColumn '%s' decimals must be in [0, %d], got %d"
              .formatted(name, MOST_DECIMALS, decimals));
    }
  }

  public NumericColumn(String name) {
    this(name, null);
  }

  @Override
  public ColumnBlock.Kind kind() {
    return ColumnBlock.Kind.NUMERIC;
  }

  @Override
  public int width() {
    return 1;
  }

  @Override
  public String featureName(int feature) {
    return name;
  }

  @Override
  public double[] values(String cell) {
    double number = NumberText.parse(cell.strip(), '.');
    if (!Double.isFinite(number)) {
      throw ColumnRule.broken(this, "a finite number", cell);
    }
    return new double[] {number};
  }

  @Override
  public String cell(double[] values) {
    if (!Double.isFinite(values[0])) {
      return null;
    }
    if (decimals != null) {
      return NumberText.format(values[0], decimals, '.');
    }
    return values[0] == 0
        ? "0"
        : BigDecimal.valueOf(values[0]).stripTrailingZeros().toPlainString();
  }
}
