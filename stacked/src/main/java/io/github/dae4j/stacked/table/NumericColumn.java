package io.github.dae4j.stacked.table;

import io.github.dae4j.layer.ColumnKind;
import java.math.BigDecimal;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** Numbers, one feature: standardised by mean and standard deviation of the training rows. */
public record NumericColumn(@JsonProperty(required = true) String name) implements Column {

  public NumericColumn {
    ColumnRule.requireName(name);
  }

  @Override
  public ColumnKind kind() {
    return ColumnKind.NUMERIC;
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
    double number = number(cell);
    if (!Double.isFinite(number)) {
      throw ColumnRule.broken(this, "a finite number", cell);
    }
    return new double[] {number};
  }

  private static double number(String cell) {
    try {
      return new BigDecimal(cell.trim()).doubleValue(); // unlike Double, without 1f, 0x1 and NaN
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  @Override
  public String cell(double[] values) {
    if (!Double.isFinite(values[0])) {
      return null;
    }
    return values[0] == 0
        ? "0"
        : BigDecimal.valueOf(values[0]).stripTrailingZeros().toPlainString();
  }
}
