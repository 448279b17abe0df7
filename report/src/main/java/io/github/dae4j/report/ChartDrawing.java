package io.github.dae4j.report;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;
import io.github.dae4j.report.Chart.Bars;
import io.github.dae4j.report.Chart.Curve;
import io.github.dae4j.report.Chart.Points;
import io.github.dae4j.report.Chart.Series;
import io.github.dae4j.report.Chart.Threshold;
import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A chart as SVG. Its attributes are its look alone, on white; the style of a page takes precedence
 * over them, so that there it follows dark mode and the width of its column.
 *
 * @param top the height above the frame
 * @param font the height of letters
 */
record ChartDrawing(
    Chart chart,
    int width,
    int height,
    double left,
    double right,
    double top,
    double bottom,
    double font) {

  private static final int MOST_DOTS = 40;
  private static final String SOFT = "#5c6670";
  private static final String RULE = "#d9dde2";
  private static final String INK = "#20252b";

  /** Told apart by colour-blind readers too (after Okabe and Ito 2008); report.css has the same. */
  private static final String[] COLOURS = {
    "#0072b2", "#d55e00", "#00795a", "#a94f80", "#8a6d00", "#6a51a3"
  };

  private static final String[] DASHES = {"none", "6 4", "2 3", "9 3 2 3", "12 4", "4 2"};

  /** So small that its letters are readable on a phone; title and legend are outside. */
  static ChartDrawing onPage(Chart chart) {
    return new ChartDrawing(chart, 360, 220, 46, 12, 22, 38, 12);
  }

  /** With title and legend above it. */
  static ChartDrawing alone(Chart chart) {
    int legend = hasLegend(chart) ? chart.series.size() : 1;
    return new ChartDrawing(chart, 800, 500, 60, 20, 48 + 18 * legend, 52, 13);
  }

  private static boolean hasLegend(Chart chart) {
    return chart.series.size() > 1;
  }

  Tag figure() {
    Tag caption = Tag.of("figcaption", chart.title);
    if (hasLegend(chart)) {
      for (int i = 0; i < chart.series.size(); i++) {
        caption.add(Tag.of("span", chart.series.get(i).name()).with("class", "key " + style(i)));
      }
    }
    return Tag.of("figure").with("class", "chart").add(caption, svg());
  }

  BufferedImage image() {
    Tag svg =
        svg()
            .add(
                text(width / 2.0, 28, "middle", chart.title)
                    .with("font-size", 16)
                    .with("fill", INK));
    for (int i = 0; hasLegend(chart) && i < chart.series.size(); i++) {
      double y = 52 + 18 * i;
      svg.add(text(width - right - 48, y, "end", chart.series.get(i).name()));
      svg.add(stroke("M%s %sh40".formatted(number(width - right - 40), number(y - 4)), i));
    }
    return rasterised(svg);
  }

  private BufferedImage rasterised(Tag svg) {
    byte[] markup = svg.toString().getBytes(StandardCharsets.UTF_8);
    SVGDocument document =
        new SVGLoader().load(new ByteArrayInputStream(markup), null, LoaderContext.createDefault());
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    document.render((Component) null, graphics, new ViewBox(width, height));
    graphics.dispose();
    return picture;
  }

  /** Grid, labels and what is in the frame. */
  private Tag svg() {
    Tag svg =
        Tag.of("svg")
            .with("xmlns", "http://www.w3.org/2000/svg")
            .with("viewBox", "0 0 " + width + " " + height)
            .with("role", "img")
            .with("aria-label", chart.title)
            .with("font-family", "SansSerif, sans-serif")
            .with("font-size", number(font))
            .with("fill", SOFT);
    addLabelsBelow(svg);
    for (double tick : chart.y.ticks()) {
      svg.add(grid(y(tick)), text(left - 6, y(tick) + 4, "end", chart.y.label(tick)));
    }
    svg.add(
        text(left / 3 - 13, top - 10, "start", chart.yLabel),
        text((left + width - right) / 2, height - 5, "middle", chart.xLabel));
    for (int i = 0; i < chart.series.size(); i++) {
      svg.add(drawn(chart.series.get(i), i));
    }
    return svg;
  }

  /** Of counts that are close to each other the later ones have none. */
  private void addLabelsBelow(Tag svg) {
    double room = 2.5 * font;
    double last = Double.NEGATIVE_INFINITY;
    for (double tick : chart.x.ticks()) {
      if (x(tick) - last >= room) {
        last = x(tick);
        svg.add(text(last, height - bottom + 1.25 * font, "middle", chart.x.label(tick)));
      }
    }
  }

  private Tag drawn(Series series, int i) {
    if (series instanceof Curve curve) {
      return drawn(curve, i);
    }
    if (series instanceof Points points) {
      return drawn(points, i);
    }
    return series instanceof Bars bars ? drawn(bars, i) : threshold(((Threshold) series).x(), i);
  }

  private Tag drawn(Curve curve, int i) {
    Tag group = Tag.of("g").with("class", "line " + style(i));
    StringBuilder path = new StringBuilder();
    StringBuilder deviations = new StringBuilder();
    for (int p : curve.shown()) {
      String x = number(x(curve.x()[p]));
      double value = curve.line().values()[p];
      path.append(p > 0 && curve.isShown(p - 1) ? "L" : "M").append(x + " " + number(y(value)));
      double deviation = curve.deviation(p);
      if (deviation > 0) {
        deviations.append(errorBar(x(curve.x()[p]), y(value + deviation), y(value - deviation)));
      }
      if (curve.x().length <= MOST_DOTS) {
        Tag dot = Tag.of("circle").with("cx", x).with("cy", number(y(value)));
        group.add(dot.with("r", number(width / 160.0)).with("fill", colour(i)));
      }
    }
    if (deviations.length() > 0) {
      group.add(stroke(deviations.toString(), i).with("stroke-dasharray", "none"));
    }
    return group.add(stroke(path.toString(), i));
  }

  private Tag drawn(Points points, int i) {
    Tag group =
        Tag.of("g")
            .with("class", "dots " + style(i))
            .with("fill", colour(i))
            .with("fill-opacity", 0.65);
    for (double[] place : points.places()) {
      group.add(
          Tag.of("circle")
              .with("cx", number(x(place[0])))
              .with("cy", number(y(place[1])))
              .with("r", number(width / 200.0)));
    }
    return group;
  }

  private static String errorBar(double x, double from, double to) {
    return "M%1$s %3$sh6M%2$s %3$sV%4$sM%1$s %4$sh6"
        .formatted(number(x - 3), number(x), number(from), number(to));
  }

  /** Alone they stand apart; of several each set is an area that the others shine through. */
  private Tag drawn(Bars bars, int i) {
    Tag group = Tag.of("g").with("class", "line " + style(i));
    StringBuilder outline = new StringBuilder("M" + number(left) + " " + number(y(0)));
    double step = (width - right - left) / bars.heights().length;
    for (int bar = 0; bar < bars.heights().length; bar++) {
      double from = left + bar * step;
      double top = y(bars.heights()[bar]);
      outline.append("V" + number(top) + "H" + number(from + step));
      if (!hasLegend(chart)) {
        group.add(bar(from, top, step - 1).with("fill", colour(i)));
      }
    }
    String path = outline + "V" + number(y(0));
    return hasLegend(chart) ? group.add(area(path, i), stroke(path, i)) : group;
  }

  private Tag bar(double x, double top, double width) {
    return Tag.of("rect")
        .with("class", "bar")
        .with("x", number(x))
        .with("width", number(width))
        .with("y", number(top))
        .with("height", number(y(0) - top));
  }

  private Tag area(String path, int i) {
    return Tag.of("path")
        .with("class", "area")
        .with("d", path)
        .with("fill", colour(i))
        .with("fill-opacity", 0.3);
  }

  private Tag threshold(double value, int i) {
    String path = "M%s %sV%s".formatted(number(x(value)), number(top), number(height - bottom));
    return Tag.of("g").with("class", "line " + style(i)).add(stroke(path, i));
  }

  private Tag stroke(String path, int i) {
    return Tag.of("path")
        .with("d", path)
        .with("fill", "none")
        .with("stroke", colour(i))
        .with("stroke-width", 2)
        .with("stroke-linejoin", "round")
        .with("stroke-dasharray", isThreshold(i) ? "8 5" : DASHES[i % DASHES.length]);
  }

  private boolean isThreshold(int i) {
    return chart.series.get(i) instanceof Threshold;
  }

  private String colour(int i) {
    return isThreshold(i) ? INK : COLOURS[i % COLOURS.length];
  }

  private String style(int i) {
    return isThreshold(i) ? "threshold" : "line-" + i % COLOURS.length;
  }

  private Tag grid(double y) {
    return Tag.of("path")
        .with("class", "grid")
        .with("d", "M%s %sH%s".formatted(number(left), number(y), number(width - right)))
        .with("stroke", RULE);
  }

  private static Tag text(double x, double y, String anchor, String text) {
    return Tag.of("text", text)
        .with("x", number(x))
        .with("y", number(y))
        .with("text-anchor", anchor);
  }

  /** Where a value lies from the left. */
  private double x(double value) {
    return left + chart.x.share(value) * (width - right - left);
  }

  /** Where a value lies from the top. */
  private double y(double value) {
    return height - bottom - chart.y.share(value) * (height - bottom - top);
  }

  /** A coordinate, to a tenth. */
  private static String number(double coordinate) {
    return String.format(Locale.ROOT, "%.1f", coordinate);
  }
}
