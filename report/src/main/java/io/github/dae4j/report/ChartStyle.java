package io.github.dae4j.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Locale;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;

/** How charts of lines look. */
final class ChartStyle {

  static final BasicStroke LINE =
      new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

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

  private ChartStyle() {}

  static void apply(XYStyler styler) {
    styler.setLocale(Locale.ROOT);
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
