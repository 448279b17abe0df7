package io.github.dae4j.report;

import java.awt.BasicStroke;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Test errors over the number of labels, which has a logarithmic scale. */
public final class LabelCurves {

  private static final int WIDTH = 800;
  private static final int HEIGHT = 500;
  private static final double ROOM = 1.25; // beside the first and the last number of labels
  private static final int WIDE = 3; // from the first to the last: too wide to label each tick
  private static final Marker[] MARKERS = {
    SeriesMarkers.CIRCLE, SeriesMarkers.SQUARE, SeriesMarkers.DIAMOND, SeriesMarkers.TRIANGLE_UP
  };
  private static final BasicStroke DASHES =
      new BasicStroke(
          2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {8f, 5f}, 0f);

  /**
   * One line; the first is drawn through, the others are dashed, and each has markers of its own.
   *
   * @param errors in percent, one for each number of labels
   * @param deviations the half heights of error bars, in percent; null for none
   */
  public record Line(String name, double[] errors, double[] deviations) {}

  private LabelCurves() {}

  /**
   * Draws the lines.
   *
   * @param counted what the numbers of labels count, such as "training images with labels"
   * @param labels ascending, at least 1
   * @throws IllegalArgumentException naming the line that has not as many errors as there are
   *     numbers of labels
   */
  public static BufferedImage image(String title, String counted, int[] labels, List<Line> lines) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(counted)
            .yAxisTitle("test error (%)")
            .build();
    style(chart.getStyler(), labels);
    for (int i = 0; i < lines.size(); i++) {
      XYSeries series = add(chart, labels, lines.get(i));
      series.setMarker(MARKERS[i % MARKERS.length]);
      series.setLineStyle(i == 0 ? ChartStyle.LINE : DASHES);
    }
    return BitmapEncoder.getBufferedImage(chart);
  }

  private static XYSeries add(XYChart chart, int[] labels, Line line) {
    if (line.errors().length != labels.length) {
      throw new IllegalArgumentException(
          "line '%s' needs %d errors, got %d"
              .formatted(line.name(), labels.length, line.errors().length));
    }
    double[] counts = Arrays.stream(labels).asDoubleStream().toArray();
    return chart.addSeries(line.name(), counts, line.errors(), line.deviations());
  }

  private static void style(XYStyler styler, int[] labels) {
    ChartStyle.apply(styler);
    styler.setMarkerSize(9);
    styler.setXAxisLogarithmic(true);
    styler.setXAxisLogarithmicDecadeOnly(false);
    styler.setXAxisTickLabelsFormattingFunction(
        labels[labels.length - 1] < WIDE * labels[0] ? LabelCurves::whole : LabelCurves::tickLabel);
    styler.setXAxisMin(labels[0] / ROOM);
    styler.setXAxisMax(labels[labels.length - 1] * ROOM);
    styler.setYAxisMin(0.0);
    styler.setErrorBarsColorSeriesColor(true);
  }

  /** There is room for 100, 200, 500, 1000 and so on, not for each tick of a wide scale. */
  private static String tickLabel(double tick) {
    String label = whole(tick);
    return label.matches("[125]0*") ? label : "";
  }

  private static String whole(double tick) {
    return String.valueOf(Math.round(tick));
  }
}
