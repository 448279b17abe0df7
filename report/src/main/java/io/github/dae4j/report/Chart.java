package io.github.dae4j.report;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A chart for a page and for a PNG file: lines over epochs or counts, or the distribution of
 * values.
 *
 * <p>What is NaN, infinite or beyond 1e12 is not drawn: it leaves a gap in a line.
 */
public final class Chart {

  private static final int X_STEPS = 5;
  private static final int Y_STEPS = 4;
  private static final int MOST_BARS = 30;
  private static final int SCORE_BARS = 40;

  /**
   * One line.
   *
   * @param deviations the half heights of error bars; null for none
   */
  public record Line(String name, double[] values, double[] deviations) {

    /** A line without error bars. */
    public Line(String name, double... values) {
      this(name, values, null);
    }
  }

  /** What is drawn in the frame, and its name in the legend. */
  sealed interface Series permits Curve, Bars, Threshold, Points {
    String name();
  }

  /** Values above the places {@code x} of the axis. */
  record Curve(double[] x, Line line) implements Series {

    @Override
    public String name() {
      return line.name();
    }

    boolean isShown(int i) {
      return Axis.fits(line.values()[i]);
    }

    int[] shown() {
      return IntStream.range(0, line.values().length).filter(this::isShown).toArray();
    }

    /** Half the height of an error bar, 0 for none. */
    double deviation(int i) {
      double deviation = line.deviations() == null ? 0 : Math.abs(line.deviations()[i]);
      return Axis.fits(deviation) ? deviation : 0;
    }

    private DoubleStream range() {
      return Arrays.stream(shown())
          .mapToObj(i -> DoubleStream.of(-1, 1).map(s -> line.values()[i] + s * deviation(i)))
          .flatMapToDouble(ends -> ends);
    }
  }

  /** Heights of bars of equal width that share the axis's whole length. */
  record Bars(String name, double[] heights) implements Series {}

  /** Dots at [x, y]. */
  record Points(String name, List<double[]> places) implements Series {}

  /** An upright line at {@code x}. */
  record Threshold(String name, double x) implements Series {}

  final String title;
  final String xLabel;
  final String yLabel;
  final Axis x;
  final Axis y;
  final List<Series> series;

  private Chart(
      String title, String xLabel, String yLabel, Axis x, Axis y, List<? extends Series> series) {
    this.title = title;
    this.xLabel = xLabel;
    this.yLabel = yLabel;
    this.x = x;
    this.y = y;
    this.series = List.copyOf(series);
  }

  /** Lines of values after epochs 1, 2, ... */
  public static Chart overEpochs(String title, String yLabel, List<Line> lines) {
    List<Curve> curves = new ArrayList<>();
    for (Line line : lines) {
      double[] epochs = IntStream.rangeClosed(1, line.values().length).asDoubleStream().toArray();
      curves.add(curve(epochs, line));
    }
    List<Curve> visible = visible(curves);
    int last = visible.stream().mapToInt(curve -> curve.x().length).max().orElse(1);
    Axis x = Axis.over(Math.min(1, last - 1), last, X_STEPS, 1);
    return new Chart(
        title,
        "epoch",
        yLabel,
        x,
        Axis.over(range(visible, DoubleStream.empty()), Y_STEPS, 0),
        visible);
  }

  /**
   * Lines over counts, such as numbers of labels, on a logarithmic axis; the other begins at 0.
   *
   * @param counts at least one, ascending, at least 1
   * @throws IllegalArgumentException if they are not, or naming the line that has not as many
   *     values
   */
  public static Chart overCounts(
      String title, String xLabel, int[] counts, String yLabel, List<Line> lines) {
    boolean isAscending =
        IntStream.range(1, counts.length).allMatch(i -> counts[i] > counts[i - 1]);
    if (counts.length == 0 || counts[0] < 1 || !isAscending) {
      throw new IllegalArgumentException(
          "counts must be ascending and at least 1, got " + Arrays.toString(counts));
    }
    double[] x = Arrays.stream(counts).asDoubleStream().toArray();
    List<Curve> visible = visible(lines.stream().map(line -> curve(x, line)).toList());
    Axis y = Axis.over(range(visible, DoubleStream.of(0)), X_STEPS, 0);
    return new Chart(title, xLabel, yLabel, Axis.logarithmic(counts), y, visible);
  }

  /**
   * How often values occur.
   *
   * @param others values that the axis has room for too, so that charts compare; empty for none
   */
  public static Chart histogram(
      String title, String xLabel, String yLabel, double[] values, double... others) {
    double[] shown = Arrays.stream(values).filter(Axis::fits).toArray();
    DoubleStream all = DoubleStream.concat(Arrays.stream(shown), Arrays.stream(others));
    Axis x = Axis.over(all.filter(Axis::fits).summaryStatistics(), X_STEPS, 0);
    int bars = (int) Math.max(1, Math.min(MOST_BARS, Math.sqrt(shown.length)));
    double[] counts = heights(shown, x, bars, 1);
    Axis y = Axis.over(0, Arrays.stream(counts).max().orElseThrow(), Y_STEPS, 1);
    return new Chart(
        title, xLabel, yLabel, x, y, shown.length == 0 ? List.of() : List.of(new Bars("", counts)));
  }

  /**
   * How the scores of some sets are distributed, each in percent of its own.
   *
   * @param sets name -> scores, at least 0, in the order of the map
   * @param threshold drawn as an upright line, at least 0
   * @throws IllegalArgumentException naming the set that is empty or has a score that is not finite
   */
  public static Chart scores(String title, Map<String, double[]> sets, double threshold) {
    sets.forEach(Chart::requireScores);
    requireScores("threshold", new double[] {threshold});
    double largest = sets.values().stream().flatMapToDouble(Arrays::stream).max().orElse(0);
    Axis x = Axis.over(0, Math.max(largest, threshold), X_STEPS, 0);
    List<Series> series = new ArrayList<>();
    double highest = 0;
    for (Map.Entry<String, double[]> set : sets.entrySet()) {
      double[] shares = heights(set.getValue(), x, SCORE_BARS, 100.0 / set.getValue().length);
      highest = Math.max(highest, Arrays.stream(shares).max().orElseThrow());
      series.add(new Bars(set.getKey(), shares));
    }
    series.add(new Threshold("threshold", threshold));
    return new Chart(title, "score", "share (%)", x, Axis.over(0, highest, Y_STEPS, 0), series);
  }

  /**
   * Points of several groups in the plane, a colour for each of the first six.
   *
   * @param groups name -> places, [x, y] each, in the order of the map
   */
  public static Chart points(
      String title, String xLabel, String yLabel, Map<String, List<double[]>> groups) {
    List<Points> shown = new ArrayList<>();
    groups.forEach(
        (name, places) ->
            shown.add(
                new Points(
                    name,
                    places.stream().filter(p -> Arrays.stream(p).allMatch(Axis::fits)).toList())));
    shown.removeIf(points -> points.places().isEmpty());
    Axis[] axes = new Axis[2];
    for (int i = 0; i < axes.length; i++) {
      int axis = i;
      axes[i] =
          Axis.over(
              shown.stream()
                  .flatMap(points -> points.places().stream())
                  .mapToDouble(place -> place[axis])
                  .summaryStatistics(),
              X_STEPS,
              0);
    }
    return new Chart(title, xLabel, yLabel, axes[0], axes[1], shown);
  }

  /** A figure for a page, which follows its colours and width; empty if nothing can be drawn. */
  public Optional<Tag> figure() {
    return series.isEmpty() ? Optional.empty() : Optional.of(ChartDrawing.onPage(this).figure());
  }

  /**
   * Writes it as PNG, on white and with 800 x 500 pixels, with the folders above it; does nothing
   * if nothing can be drawn.
   *
   * @throws java.io.UncheckedIOException naming {@code path}
   */
  public void write(Path path) {
    image().ifPresent(picture -> Png.write(picture, path));
  }

  Optional<BufferedImage> image() {
    return series.isEmpty() ? Optional.empty() : Optional.of(ChartDrawing.alone(this).image());
  }

  private static Curve curve(double[] x, Line line) {
    requireLength(line.name(), "values", x.length, line.values());
    if (line.deviations() != null) {
      requireLength(line.name(), "deviations", x.length, line.deviations());
    }
    return new Curve(x, line);
  }

  private static void requireLength(String line, String what, int length, double[] values) {
    if (values.length != length) {
      throw new IllegalArgumentException(
          "line '%s' needs %d %s, got %d".formatted(line, length, what, values.length));
    }
  }

  private static void requireScores(String name, double[] scores) {
    if (scores.length == 0 || !Arrays.stream(scores).allMatch(s -> s >= 0 && Axis.fits(s))) {
      throw new IllegalArgumentException(
          "set '%s' needs scores that are >= 0 and finite, got %s"
              .formatted(name, Arrays.toString(scores)));
    }
  }

  private static List<Curve> visible(List<Curve> curves) {
    return curves.stream().filter(curve -> curve.shown().length > 0).toList();
  }

  private static DoubleSummaryStatistics range(List<Curve> curves, DoubleStream others) {
    Stream<DoubleStream> ranges =
        Stream.concat(curves.stream().map(Curve::range), Stream.of(others));
    return ranges.flatMapToDouble(values -> values).summaryStatistics();
  }

  private static double[] heights(double[] values, Axis x, int bars, double unit) {
    double[] heights = new double[bars];
    for (double value : values) {
      heights[(int) Math.min(bars - 1, x.share(value) * bars)] += unit;
    }
    return heights;
  }
}
