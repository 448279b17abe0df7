package io.github.dae4j.cli.config;

import io.github.dae4j.cli.config.Located.BrokenRule;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Numbers of one type within an interval; those of Java code are checked by the same rule. */
final class NumberForm<T extends Number> implements Form<T> {

  private static final Pattern WHOLE = Pattern.compile("[-+]?\\d{1,40}");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\.\\d{1,40}|\\d{1,40}(\\.\\d{0,40})?)([eE][-+]?\\d{1,4})?");

  private final String kind;
  private final Pattern pattern;
  private final Function<String, T> parse;
  private final Interval interval;

  private NumberForm(String kind, Pattern pattern, Function<String, T> parse, Interval interval) {
    this.kind = kind;
    this.pattern = pattern;
    this.parse = parse;
    this.interval = interval;
  }

  static NumberForm<Integer> whole(Interval interval) {
    return new NumberForm<>("a whole number", WHOLE, Integer::valueOf, interval);
  }

  static NumberForm<Long> seed() {
    return new NumberForm<>("a whole number of 64 bits", WHOLE, Long::valueOf, Interval.ANY);
  }

  static NumberForm<Double> decimal(Interval interval) {
    return new NumberForm<>("a number", DECIMAL, Double::valueOf, interval);
  }

  @Override
  public T read(Located at) {
    String text = at.plain();
    if (text == null || !pattern.matcher(text).matches()) {
      throw at.mustBe(kind);
    }
    if (!interval.contains(Double.parseDouble(text))) {
      throw at.mustBe(interval.toString());
    }
    if (pattern == DECIMAL && !isFloat(Double.parseDouble(text))) {
      throw at.mustBe("a number that FLOAT can hold");
    }
    try {
      return parse.apply(text);
    } catch (NumberFormatException e) {
      throw at.mustBe(kind); // of more bits than the type has
    }
  }

  /** Training computes in FLOAT, where others are infinite or 0. */
  private static boolean isFloat(double value) {
    float held = (float) value;
    return Float.isFinite(held) && (held != 0 || value == 0);
  }

  @Override
  public Object write(T value) {
    return value;
  }

  @Override
  public String rule() {
    return interval == Interval.ANY ? kind : kind + " " + interval;
  }

  @Override
  public void check(String key, T value) {
    BrokenRule.require(interval.contains(value.doubleValue()), key, interval.toString(), value);
  }

  /** The numbers that a key may have, and how a message says it; NaN is in none. */
  enum Interval {
    ANY("finite", Double::isFinite),
    COUNT("in [1, 1000000]", value -> value >= 1 && value <= 1_000_000),
    COUNT_OR_NONE("in [0, 1000000]", value -> value >= 0 && value <= 1_000_000),
    THREADS("in [1, 256]", value -> value >= 1 && value <= 256),
    AT_LEAST_ONE(">= 1", value -> value >= 1),
    POSITIVE("> 0", value -> value > 0),
    NOT_NEGATIVE(">= 0", value -> value >= 0),
    UNIT("in [0, 1]", value -> value >= 0 && value <= 1),
    BELOW_ONE("in [0, 1)", value -> value >= 0 && value < 1),
    WITHIN_UNIT("in (0, 1)", value -> value > 0 && value < 1),
    UP_TO_HALF("in (0, 0.5]", value -> value > 0 && value <= 0.5);

    private final String text;
    private final DoublePredicate holds;

    Interval(String text, DoublePredicate holds) {
      this.text = text;
      this.holds = holds;
    }

    /** Whether a number is in it; infinity never is. */
    boolean contains(double value) {
      return Double.isFinite(value) && holds.test(value);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
