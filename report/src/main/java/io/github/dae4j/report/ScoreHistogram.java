package io.github.dae4j.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How the scores of some sets of rows are distributed, and where the threshold lies. */
public final class ScoreHistogram {

  private static final int WIDTH = 800;
  private static final int HEIGHT = 500;
  private static final int BINS = 40;
  private static final int OPACITY = 70;
  private static final Color THRESHOLD = new Color(0x33, 0x33, 0x33);
  private static final BasicStroke DASHES =
      new BasicStroke(
          2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {8f, 5f}, 0f);

  private ScoreHistogram() {}

  /**
   * Draws a step area for each set, in the order of the map: name -> scores, at least 0.
   *
   * @param threshold drawn as an upright line
   * @throws IllegalArgumentException naming the set that is empty or has a score that is not finite
   */
  public static BufferedImage image(String title, Map<String, double[]> sets, double threshold) {
    sets.forEach(ScoreHistogram::requireScores);
    double largest = sets.values().stream().flatMapToDouble(Arrays::stream).max().orElse(threshold);
    double width = Math.max(Math.max(largest, threshold), Double.MIN_NORMAL) / BINS;
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle("score")
            .yAxisTitle("share (%)")
            .build();
    ChartStyle.apply(chart.getStyler());
    chart.getStyler().setXAxisDecimalPattern("0.##");
    Color[] colours = chart.getStyler().getSeriesColors();
    double highest = 0;
    int drawn = 0;
    for (Map.Entry<String, double[]> set : sets.entrySet()) {
      double[] shares = shares(set.getValue(), width);
      highest = Math.max(highest, Arrays.stream(shares).max().orElseThrow());
      Color colour = colours[drawn++ % colours.length];
      add(chart, set.getKey(), shares, width).setFillColor(transparent(colour));
    }
    addThreshold(chart, threshold, highest);
    return BitmapEncoder.getBufferedImage(chart);
  }

  private static void requireScores(String name, double[] scores) {
    if (scores.length == 0
        || !Arrays.stream(scores).allMatch(score -> score >= 0 && Double.isFinite(score))) {
      throw new IllegalArgumentException(
          "set '%s' needs scores that are >= 0 and finite, got %s"
              .formatted(name, Arrays.toString(scores)));
    }
  }

  /** The share of the scores in each bin, in percent, and a 0 after the last. */
  private static double[] shares(double[] scores, double width) {
    double[] shares = new double[BINS + 1];
    for (double score : scores) {
      shares[Math.min((int) (score / width), BINS - 1)] += 100.0 / scores.length;
    }
    return shares;
  }

  private static XYSeries add(XYChart chart, String name, double[] shares, double width) {
    double[] edges = IntStream.range(0, shares.length).mapToDouble(bin -> bin * width).toArray();
    XYSeries series = chart.addSeries(name, edges, shares);
    series.setXYSeriesRenderStyle(XYSeriesRenderStyle.StepArea);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineStyle(ChartStyle.LINE);
    return series;
  }

  private static void addThreshold(XYChart chart, double threshold, double height) {
    XYSeries line =
        chart.addSeries("threshold", new double[] {threshold, threshold}, new double[] {0, height});
    line.setMarker(SeriesMarkers.NONE);
    line.setLineStyle(DASHES);
    line.setLineColor(THRESHOLD);
  }

  private static Color transparent(Color colour) {
    return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), OPACITY);
  }
}
