package io.github.dae4j.report;

import java.util.List;
import java.util.Locale;

/**
 * The frame of a chart, with its axes: made so small that its letters are readable on a phone.
 *
 * @param steps what stands below 1, 2, ... of the first axis, in place of its numbers; empty for
 *     those
 */
record Frame(Axis x, Axis y, List<String> steps) {

  private static final double WIDTH = 360;
  private static final double HEIGHT = 220;
  private static final double LEFT = 46;
  private static final double RIGHT = 12;
  private static final double TOP = 22;
  private static final double BOTTOM = 38;

  /** An SVG with grid, ticks and labels. */
  Tag svg(String title, String xLabel, String yLabel) {
    Tag svg =
        Tag.of("svg")
            .with("xmlns", "http://www.w3.org/2000/svg")
            .with("viewBox", "0 0 %s %s".formatted(number(WIDTH), number(HEIGHT)))
            .with("role", "img")
            .with("aria-label", title);
    x.ticks().forEach(tick -> svg.add(below(tick)));
    for (double tick : y.ticks()) {
      svg.add(grid(y(tick)), text(LEFT - 6, y(tick) + 4, "end", y.label(tick)));
    }
    return svg.add(
        text(2, 12, "start", yLabel),
        text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 5, "middle", xLabel));
  }

  /** A tick's label; the name of the last step ends with the chart, so that it has room. */
  private Tag below(double tick) {
    boolean isLastStep = !steps.isEmpty() && Math.round(tick) == steps.size();
    return isLastStep
        ? text(WIDTH, HEIGHT - BOTTOM + 15, "end", label(tick))
        : text(x(tick), HEIGHT - BOTTOM + 15, "middle", label(tick));
  }

  private String label(double tick) {
    int step = (int) Math.round(tick) - 1;
    return steps.isEmpty() ? x.label(tick) : step < steps.size() ? steps.get(step) : "";
  }

  private static Tag grid(double y) {
    return Tag.of("path")
        .with("class", "grid")
        .with("d", "M%s %sH%s".formatted(number(LEFT), number(y), number(WIDTH - RIGHT)));
  }

  private static Tag text(double x, double y, String anchor, String text) {
    return Tag.of("text", text)
        .with("x", number(x))
        .with("y", number(y))
        .with("text-anchor", anchor);
  }

  /** Where a value lies from the left. */
  double x(double value) {
    return LEFT + x.share(value) * (WIDTH - RIGHT - LEFT);
  }

  /** Where a value lies from the top. */
  double y(double value) {
    return HEIGHT - BOTTOM - y.share(value) * (HEIGHT - BOTTOM - TOP);
  }

  /** A coordinate, to a tenth. */
  static String number(double coordinate) {
    return String.format(Locale.ROOT, "%.1f", coordinate);
  }
}
