package io.github.dae4j.examples.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Cost over epochs, one line per run. */
public final class CostCurves {

  private static final int WIDTH = 800;
  private static final int HEIGHT = 500;
  private static final double LARGEST = 1e12;
  private static final Color INK = new Color(0x33, 0x33, 0x33);
  private static final Color GRID = new Color(0xe4, 0xe4, 0xe4);

  /** Told apart by colour-blind readers too (Okabe and Ito 2008), darkest first. */
  private static final Color[] COLOURS = {
    new Color(0x00, 0x72, 0xb2),
    new Color(0xd5, 0x5e, 0x00),
    new Color(0x00, 0x9e, 0x73),
    new Color(0xcc, 0x79, 0xa7),
    new Color(0xe6, 0x9f, 0x00),
    new Color(0x56, 0xb4, 0xe9),
  };

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
    style(chart.getStyler());
    runs.forEach((label, costs) -> add(chart, label, costs));
    return BitmapEncoder.getBufferedImage(chart);
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
    series.setLineStyle(new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
  }

  /** Whether there is room for it: the chart would compute ticks of huge numbers for hours. */
  public static boolean isDrawable(double cost) {
    return Math.abs(cost) <= LARGEST;
  }

  private static void style(XYStyler styler) {
    styler.setSeriesColors(COLOURS);
    styler.setMarkerSize(5);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setChartFontColor(INK);
    styler.setAxisTickLabelsColor(INK);
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 16));
    styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    styler.setLegendPosition(Styler.LegendPosition.InsideNE);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setXAxisDecimalPattern("0");
    styler.setYAxisDecimalPattern("0.##");
    styler.setAntiAlias(true);
  }
}
