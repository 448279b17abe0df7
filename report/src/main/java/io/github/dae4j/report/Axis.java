package io.github.dae4j.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A linear axis that begins and ends at round numbers, a step apart. */
record Axis(double low, double high, double step) {

  private static final double LARGEST = 1e12;
  private static final double FLAT = 1e-9; // of the values: less than this is no difference
  private static final double SMALLEST = 1e-6;

  /** Whether there is room for it; there is none for NaN. */
  static boolean fits(double value) {
    return Math.abs(value) <= LARGEST;
  }

  /**
   * The axis of values in [low, high], which fit.
   *
   * @param steps about so many, at least 1
   * @param leastStep 1 for whole numbers, 0 for any
   */
  static Axis over(double low, double high, int steps, double leastStep) {
    double size = Math.max(Math.abs(low), Math.abs(high));
    boolean isFlat = high - low <= FLAT * Math.max(size, SMALLEST);
    double span = isFlat ? Math.max(size, 1) / 10 : high - low;
    double step = Math.max(round(span / steps), leastStep);
    double from = Math.floor(low / step) * step;
    double to = Math.ceil(high / step) * step;
    return new Axis(from, to > from ? to : from + step, step);
  }

  /** The next of 1, 2, 5, 10, 20, ... and their tenths. */
  private static double round(double step) {
    double power = Math.pow(10, Math.floor(Math.log10(step)));
    double digit = step / power;
    return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
  }

  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    for (int i = 0; i <= Math.round((high - low) / step); i++) {
      ticks.add(low + i * step);
    }
    return ticks;
  }

  /** Where a value lies between the ends: 0 is low, 1 is high. */
  double share(double value) {
    return (value - low) / (high - low);
  }

  /** A tick's number with as many decimals as the step has. */
  String label(double tick) {
    int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    boolean isLong = decimals > 4 || Math.max(Math.abs(low), Math.abs(high)) >= 1e6;
    double shown = Math.abs(tick) < step / 2 ? 0 : tick; // not -0
    return String.format(Locale.ROOT, isLong ? "%.1e" : "%." + decimals + "f", shown);
  }
}
