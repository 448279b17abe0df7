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
 * @param zeros decimals that it has at least, zeros if need be: 1 where whole numbers are written
 *     as 181.0; null for none
 */
public record NumericColumn(
    @JsonProperty(required = true) String name,
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer decimals,
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer zeros)
    implements Column {

  public NumericColumn {
    ColumnRule.requireName(name);
    if (decimals != null && !(decimals >= 0 && decimals <= NumberText.MOST_DECIMALS)) {
      throw new IllegalArgumentException(
          "NumericColumn '%s' decimals must be in [0, %d], got %d"
              .formatted(name, NumberText.MOST_DECIMALS, decimals));
    }
    if (zeros != null && !(zeros >= 1 && zeros <= NumberText.MOST_DECIMALS)) {
      throw new IllegalArgumentException(
          "NumericColumn '%s' zeros must be in [1, %d], got %d"
              .formatted(name, NumberText.MOST_DECIMALS, zeros));
    }
  }

  public NumericColumn(String name, Integer decimals) {
    this(name, decimals, null);
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
      return withZeros(NumberText.format(values[0], decimals, '.'));
    }
    return withZeros(
        values[0] == 0 ? "0" : BigDecimal.valueOf(values[0]).stripTrailingZeros().toPlainString());
  }

  private String withZeros(String number) {
    if (zeros == null || NumberText.hasExponent(number)) {
      return number;
    }
    int decimals = NumberText.decimals(number, '.');
    String missing = "0".repeat(Math.max(0, zeros - decimals));
    return decimals == 0 ? number + "." + missing : number + missing;
  }
}
