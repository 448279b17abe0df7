package io.github.dae4j.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;

/**
 * An axis: linear, from one round number to another a step apart, or logarithmic.
 *
 * @param counts the ticks of a logarithmic axis; empty for a linear one
 */
record Axis(double low, double high, double step, List<Double> counts) {

  private static final double LARGEST = 1e12;
  private static final double FLAT = 1e-9; // of the values: less than this is no difference
  private static final double SMALLEST = 1e-6;
  private static final double ROOM = 1.25; // beside the first and the last count

  /** Whether there is room for it; there is none for NaN. */
  static boolean fits(double value) {
    return Math.abs(value) <= LARGEST;
  }

  /** The linear axis of some values, which fit; 0 to 1 if there are none. */
  static Axis over(DoubleSummaryStatistics values, int steps, double leastStep) {
    return values.getCount() == 0
        ? over(0, 1, 1, 1)
        : over(values.getMin(), values.getMax(), steps, leastStep);
  }

  /**
   * The linear axis of values in [low, high], which fit.
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
    return new Axis(from, to > from ? to : from + step, step, List.of());
  }

  /** The logarithmic axis of ascending counts, each of them a tick. */
  static Axis logarithmic(int[] counts) {
    double[] ticks = Arrays.stream(counts).asDoubleStream().toArray();
    return new Axis(
        ticks[0] / ROOM, ticks[ticks.length - 1] * ROOM, 1, Arrays.stream(ticks).boxed().toList());
  }

  /** The next of 1, 2, 5, 10, 20, ... and their tenths. */
  private static double round(double step) {
    double power = Math.pow(10, Math.floor(Math.log10(step)));
    double digit = step / power;
    return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
  }

  List<Double> ticks() {
    if (!counts.isEmpty()) {
      return counts;
    }
    List<Double> ticks = new ArrayList<>();
    for (int i = 0; i <= Math.round((high - low) / step); i++) {
      ticks.add(low + i * step);
    }
    return ticks;
  }

  /** Where a value lies between the ends: 0 is low, 1 is high. */
  double share(double value) {
    return counts.isEmpty()
        ? (value - low) / (high - low)
        : Math.log(value / low) / Math.log(high / low);
  }

  /** A tick's number with as many decimals as the step has; a count with commas. */
  String label(double tick) {
    if (!counts.isEmpty()) {
      return String.format(Locale.ROOT, "%,.0f", tick);
    }
    int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    boolean isLong = decimals > 4 || Math.max(Math.abs(low), Math.abs(high)) >= 1e6;
    double shown = Math.abs(tick) < step / 2 ? 0 : tick; // not -0
    return String.format(Locale.ROOT, isLong ? "%.1e" : "%." + decimals + "f", shown);
  }
}
