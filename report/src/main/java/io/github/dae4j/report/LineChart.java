package io.github.dae4j.report;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Numbers over epochs, or over a few steps with names, as SVG; what is NaN, infinite or beyond 1e12
 * leaves a gap.
 *
 * @param steps the names, at equal distances; empty for epochs
 */
public record LineChart(
    String title, String xLabel, List<String> steps, String yLabel, List<Line> lines) {

  private static final int EPOCH_STEPS = 5;
  private static final int Y_STEPS = 4;
  private static final int MOST_DOTS = 40;
  private static final int COLOURS = 4;

  /** Values after epochs 1, 2, ..., or of the steps. */
  public record Line(String name, double[] values) {

    private IntStream shown() {
      return IntStream.range(0, values.length).filter(this::isShown);
    }

    private boolean isShown(int i) {
      return Axis.fits(values[i]);
    }
  }

  public LineChart {
    steps = List.copyOf(steps);
    lines = List.copyOf(lines);
  }

  /** Of epochs. */
  public LineChart(String title, String yLabel, List<Line> lines) {
    this(title, "epoch", List.of(), yLabel, lines);
  }

  /** A figure with a legend where there are several lines; empty if there is nothing to be seen. */
  public Optional<Tag> tag() {
    List<Line> visible = lines.stream().filter(line -> line.shown().findAny().isPresent()).toList();
    if (visible.isEmpty()) {
      return Optional.empty();
    }
    Frame frame = frame(visible);
    Tag svg = frame.svg(title, xLabel, yLabel);
    Tag caption = Tag.of("figcaption", title);
    for (int i = 0; i < visible.size(); i++) {
      svg.add(curve(frame, visible.get(i)).with("class", "line line-" + i % COLOURS));
      if (visible.size() > 1) {
        caption.add(Tag.of("span", visible.get(i).name()).with("class", "key key-" + i % COLOURS));
      }
    }
    return Optional.of(Tag.of("figure").with("class", "chart").add(caption, svg));
  }

  private Frame frame(List<Line> lines) {
    int last = lines.stream().mapToInt(line -> line.values().length).max().orElseThrow();
    DoubleSummaryStatistics range =
        lines.stream()
            .flatMapToDouble(line -> line.shown().mapToDouble(i -> line.values()[i]))
            .summaryStatistics();
    return new Frame(
        steps.isEmpty()
            ? Axis.over(Math.min(1, last - 1), last, EPOCH_STEPS, 1)
            : new Axis(1, Math.max(2, last), 1),
        Axis.over(range.getMin(), range.getMax(), Y_STEPS, 0),
        steps);
  }

  private static Tag curve(Frame frame, Line line) {
    StringBuilder path = new StringBuilder();
    Tag curve = Tag.of("g");
    for (int i : line.shown().toArray()) {
      String x = Frame.number(frame.x(i + 1));
      String y = Frame.number(frame.y(line.values()[i]));
      path.append(i > 0 && line.isShown(i - 1) ? "L" : "M").append(x).append(' ').append(y);
      if (line.values().length <= MOST_DOTS) {
        curve.add(Tag.of("circle").with("cx", x).with("cy", y).with("r", 2.5));
      }
    }
    return curve.add(Tag.of("path").with("d", path));
  }
}
