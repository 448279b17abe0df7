package io.github.dae4j.report;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * How often values occur, as SVG; what is NaN, infinite or beyond 1e12 is left out.
 *
 * @param others values that the axis has room for too, so that charts compare; empty for none
 */
public record Histogram(
    String title, String xLabel, String yLabel, double[] values, double... others) {

  private static final int MOST_BARS = 30;
  private static final int STEPS = 5;

  /** A figure, empty if there is nothing to be seen. */
  public Optional<Tag> tag() {
    double[] shown = Arrays.stream(values).filter(Axis::fits).sorted().toArray();
    if (shown.length == 0) {
      return Optional.empty();
    }
    DoubleSummaryStatistics range =
        DoubleStream.concat(Arrays.stream(shown), Arrays.stream(others).filter(Axis::fits))
            .summaryStatistics();
    Axis x = Axis.over(range.getMin(), range.getMax(), STEPS, 0);
    int[] counts = counts(shown, x);
    Frame frame =
        new Frame(x, Axis.over(0, Arrays.stream(counts).max().orElseThrow(), 4, 1), List.of());
    Tag svg = frame.svg(title, xLabel, yLabel);
    for (int bar = 0; bar < counts.length; bar++) {
      svg.add(bar(frame, bar / (double) counts.length, 1.0 / counts.length, counts[bar]));
    }
    return Optional.of(
        Tag.of("figure").with("class", "chart").add(Tag.of("figcaption", title), svg));
  }

  /** In bars of equal width that share the axis's whole length. */
  private static int[] counts(double[] sorted, Axis x) {
    int[] counts = new int[(int) Math.max(1, Math.min(MOST_BARS, Math.sqrt(sorted.length)))];
    for (double value : sorted) {
      counts[(int) Math.min(counts.length - 1, x.share(value) * counts.length)]++;
    }
    return counts;
  }

  private static Tag bar(Frame frame, double from, double width, int count) {
    double length = frame.x().high() - frame.x().low();
    double left = frame.x(frame.x().low() + from * length);
    double right = frame.x(frame.x().low() + (from + width) * length);
    return Tag.of("rect")
        .with("class", "bar")
        .with("x", Frame.number(left))
        .with("width", Frame.number(right - left - 1))
        .with("y", Frame.number(frame.y(count)))
        .with("height", Frame.number(frame.y(0) - frame.y(count)));
  }
}
