package io.github.dae4j.stacked.table;

import io.github.dae4j.layer.ColumnBlock;
import java.util.List;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Dates or times: a number of days, standardised as numbers are, and where it stands in each cycle
 * as sine and cosine.
 *
 * @param pattern as {@link java.time.format.DateTimeFormatter} spells it
 * @param padded whether a day of one digit is written with a zero before it
 * @param cycles the year, the week, the day: at least one for times without a date
 */
public record DateColumn(
    @JsonProperty(required = true) String name,
    @JsonProperty(required = true) String pattern,
    @JsonProperty(required = true) boolean padded,
    @JsonProperty(required = true) List<Cycle> cycles)
    implements Column {

  /** What comes round again. */
  public enum Cycle {
    YEAR(365.2425),
    WEEK(7),
    DAY(1);

    private final double days;

    Cycle(double days) {
      this.days = days;
    }

    double days() {
      return days;
    }
  }

  public DateColumn {
    ColumnRule.requireName(name);
    cycles = List.copyOf(cycles);
    DatePattern date = DatePattern.checked(name, pattern, padded);
    if (!date.hasDate() && !(date.hasTime() && cycles.equals(List.of(Cycle.DAY)))) {
      throw new IllegalArgumentException(
          "DateColumn '%s' without a date must have a time and the cycle of the day, got '%s', %s"
              .formatted(name, pattern, cycles));
    }
  }

  DatePattern date() {
    return new DatePattern(pattern, padded);
  }

  @Override
  public ColumnBlock.Kind kind() {
    return ColumnBlock.Kind.NUMERIC;
  }

  /** Whether its first feature is the number of days. */
  boolean hasNumber() {
    return date().hasDate();
  }

  @Override
  public int width() {
    return (hasNumber() ? 1 : 0) + 2 * cycles.size();
  }

  @Override
  public String featureName(int feature) {
    int first = hasNumber() ? 1 : 0;
    if (feature < first) {
      return name;
    }
    int cyclic = feature - first;
    return "%s: %s of the %s"
        .formatted(
            name,
            cyclic % 2 == 0 ? "sine" : "cosine",
            cycles.get(cyclic / 2).name().toLowerCase(java.util.Locale.ROOT));
  }

  @Override
  public double[] values(String cell) {
    double days = date().daysOrIso(cell.strip());
    if (Double.isNaN(days)) {
      throw ColumnRule.broken(this, "a date such as " + date().text(0), cell);
    }
    return values(days);
  }

  double[] values(double days) {
    double[] values = new double[width()];
    int at = 0;
    if (hasNumber()) {
      values[at++] = days;
    }
    for (Cycle cycle : cycles) {
      double turn = 2 * Math.PI * days / cycle.days();
      values[at++] = Math.sin(turn);
      values[at++] = Math.cos(turn);
    }
    return values;
  }

  /** The date of the number of days; of times without a date that of the cycle's angle. */
  @Override
  public String cell(double[] values) {
    if (!Double.isFinite(values[0]) || !hasNumber() && !Double.isFinite(values[1])) {
      return null;
    }
    if (hasNumber()) {
      return date().text(values[0]);
    }
    double turn = Math.atan2(values[0], values[1]) / (2 * Math.PI);
    return date().text(turn < 0 ? turn + 1 : turn);
  }
}
