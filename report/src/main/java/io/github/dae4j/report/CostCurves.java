package io.github.dae4j.report;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Cost over epochs, one line per run. */
public final class CostCurves {

  private static final int WIDTH = 800;
  private static final int HEIGHT = 500;
  private static final double LARGEST = 1e12;

  private CostCurves() {}

  /**
   * A line for each run, in the order of the map: label -> cost in nats after epochs 1, 2, ...;
   * costs that are NaN, infinite or beyond 1e12 are left out.
   *
   * @throws IllegalArgumentException if a run has no cost that can be drawn, or there is no run
   */
  public static BufferedImage image(String title, Map<String, double[]> runs) {
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("CostCurves needs at least 1 run, got none");
    }
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle("epoch")
            .yAxisTitle("cost (nats)")
            .build();
    ChartStyle.apply(chart.getStyler());
    runs.forEach((label, costs) -> add(chart, label, costs));
    return BitmapEncoder.getBufferedImage(chart);
  }

  /**
   * Writes {@link #image} as PNG, with the folders above it.
   *
   * @throws java.io.UncheckedIOException naming {@code path}
   */
  public static void write(String title, Map<String, double[]> runs, Path path) {
    Png.write(image(title, runs), path);
  }

  private static void add(XYChart chart, String label, double[] costs) {
    int[] drawable = IntStream.range(0, costs.length).filter(i -> isDrawable(costs[i])).toArray();
    if (drawable.length == 0) {
      throw new IllegalArgumentException(
          "run '" + label + "' needs a cost within 1e12, got " + Arrays.toString(costs));
    }
    double[] epochs = Arrays.stream(drawable).mapToDouble(i -> i + 1).toArray();
    double[] shown = Arrays.stream(drawable).mapToDouble(i -> costs[i]).toArray();
    XYSeries series = chart.addSeries(label, epochs, shown);
    series.setMarker(costs.length > 40 ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
    series.setLineStyle(ChartStyle.LINE);
  }

  /** Whether there is room for it: the chart would compute ticks of huge numbers for hours. */
  public static boolean isDrawable(double cost) {
    return Math.abs(cost) <= LARGEST;
  }
}
