package io.github.dae4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.report.Chart.Line;
import io.github.dae4j.report.Section.ConfusionTable;
import io.github.dae4j.testing.Markup;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChartTest {

  @Test
  void aLineGoesFromEpochToEpochAndHasAGapWhereThereIsNoNumber() {
    Markup chart = chart(new Line("loss", new double[] {4, 2, Double.NaN, 1e30, 0, 1}));
    // 302 wide from 46 on for epochs 1 to 6, 160 high from 22 on for losses 4 to 0.
    assertThat(chart.values("path", "d"))
        .contains("M46.0 22.0L106.4 102.0M287.6 182.0L348.0 142.0");
    assertThat(chart.values("circle", "cx")).containsExactly("46.0", "106.4", "287.6", "348.0");
    assertThat(chart.texts("text"))
        .containsExactly("1", "2", "3", "4", "5", "6", "0", "1", "2", "3", "4", "nats", "epoch");
    assertThat(chart.values("svg", "aria-label")).containsExactly("Loss & more");
    assertThat(chart.texts("figcaption")).containsExactly("Loss & more");
  }

  @Test
  void countsStandOnALogarithmicScaleAndErrorsAboveZero() {
    int[] counts = {10, 100, 1000};
    Line line = new Line("x", new double[] {20, 50, 20}, new double[] {2, Double.NaN, 0});
    Markup chart = markup(Chart.overCounts("", "labels", counts, "%", List.of(line)));
    double[] places = numbers(chart, "circle", "cx");
    assertThat(places[1] - places[0]).isEqualTo(places[2] - places[1], within(0.11));
    assertThat(places[0] - 46).isPositive().isEqualTo(348 - places[2], within(0.11));
    assertThat(chart.texts("text"))
        .containsExactly("10", "100", "1,000", "0", "10", "20", "30", "40", "50", "%", "labels");
    // 160 high for 50: 2 are 6.4, up and down from 118.
    String x = chart.values("circle", "cx").get(0);
    assertThat(chart.values("path", "d"))
        .anySatisfy(path -> assertThat(path).contains("M" + x + " 111.6V124.4").endsWith("h6"))
        .filteredOn(path -> path.contains("h6"))
        .hasSize(1);
  }

  @Test
  void labelsOfCountsDoNotOverlap() {
    int[] counts = IntStream.rangeClosed(1, 60).map(i -> i * 1000).toArray();
    Line line = new Line("x", new double[60]);
    Markup chart = markup(Chart.overCounts("", "labels", counts, "%", List.of(line)));
    double[] places =
        chart.all("text").stream()
            .filter(text -> text.getTextContent().endsWith(",000"))
            .mapToDouble(text -> number(text.getAttribute("x")))
            .toArray();
    assertThat(places).hasSizeBetween(3, 10);
    assertThat(IntStream.range(1, places.length))
        .allSatisfy(i -> assertThat(places[i] - places[i - 1]).isGreaterThanOrEqualTo(29.9));
  }

  @Test
  void countsAreAscendingAndEachLineHasItsValues() {
    List<Line> lines = List.of(new Line("x", 1));
    for (int[] counts : new int[][] {{}, {0, 1}, {2, 2}}) {
      assertThatThrownBy(() -> Chart.overCounts("", "", counts, "", lines))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("counts must be ascending and at least 1, got " + Arrays.toString(counts));
    }
    assertThatThrownBy(() -> Chart.overCounts("", "", new int[] {10, 20}, "", lines))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("line 'x' needs 2 values, got 1");
    List<Line> bars = List.of(new Line("x", new double[] {1}, new double[2]));
    assertThatThrownBy(() -> Chart.overEpochs("", "", bars))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("line 'x' needs 1 deviations, got 2");
  }

  /** A page and a picture show the same: only title, legend and size differ. */
  @Test
  void setsOfScoresHaveALegendAndAThreshold() {
    Map<String, double[]> sets = new LinkedHashMap<>();
    sets.put("usual", new double[] {0, 1, 1, 1});
    sets.put("<unusual>", new double[] {9, 10});
    Markup chart = markup(Chart.scores("Scores", sets, 5));
    assertThat(chart.texts("span")).containsExactly("usual", "<unusual>", "threshold");
    assertThat(chart.values("g", "class"))
        .containsExactly("line line-0", "line line-1", "line threshold");
    assertThat(chart.values("span", "class"))
        .containsExactly("key line-0", "key line-1", "key threshold");
    assertThat(chart.values("path", "d")).contains("M197.0 22.0V182.0");
    // 160 high for 80 %: of the usual ones 25 and 75 %, of the others twice 50 %.
    List<String> areas =
        chart.all("path").stream()
            .filter(path -> path.getAttribute("class").equals("area"))
            .map(path -> path.getAttribute("d"))
            .toList();
    assertThat(areas).hasSize(2);
    assertThat(areas.get(0)).startsWith("M46.0 182.0V132.0H").contains("V32.0H");
    assertThat(areas.get(1)).startsWith("M46.0 182.0V182.0H").endsWith("V82.0H348.0V182.0");
  }

  /** A 0 once stood at the right end of axes that begin at 0, over their last label. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 6, 15, 16, 50, 51, 100, 1000})
  void labelsBelowStandInTheirOrderAtTheirTicks(int epochs) {
    Markup lines = chart(new Line("loss", new double[epochs]));
    double[] values = IntStream.rangeClosed(0, epochs).asDoubleStream().toArray();
    Markup bars = markup(Chart.histogram("", "", "", values));
    for (Markup chart : List.of(lines, bars)) {
      List<String> rows = chart.values("text", "y");
      List<Integer> below =
          IntStream.range(0, rows.size())
              .filter(i -> rows.get(i).equals(rows.get(0)))
              .boxed()
              .toList();
      List<Double> numbers = below.stream().map(i -> number(chart.texts("text").get(i))).toList();
      List<Double> places =
          below.stream().map(i -> number(chart.values("text", "x").get(i))).toList();
      assertThat(below).hasSizeBetween(2, 11);
      assertThat(numbers).isSorted().doesNotHaveDuplicates();
      assertThat(places).isSorted().doesNotHaveDuplicates().first().isEqualTo(46.0);
      assertThat(places).last().isEqualTo(348.0);
    }
  }

  @Test
  void chartsThatHaveRoomForTheSameValuesCompare() {
    double[] low = {0, 1};
    double[] high = {9, 10};
    Markup chart = markup(Chart.histogram("", "", "", low, high));
    assertThat(chart.texts("text")).contains("10");
    assertThat(numbers(chart, "rect", "x")[0]).isEqualTo(46);
  }

  @Test
  void severalLinesHaveALegend() {
    Markup chart =
        chart(
            new Line("training", new double[] {2, 1}), new Line("<validation>", new double[] {3}));
    assertThat(chart.texts("span")).containsExactly("training", "<validation>");
    assertThat(chart.values("g", "class")).containsExactly("line line-0", "line line-1");
  }

  @Test
  void whatCannotBeDrawnIsNotThere() {
    double[] nothing = {Double.NaN, Double.NEGATIVE_INFINITY};
    for (Chart chart :
        List.of(
            Chart.overEpochs("", "", List.of(new Line("", nothing))),
            Chart.overEpochs("", "", List.of()),
            Chart.overCounts("", "", new int[] {1, 2}, "", List.of(new Line("", nothing))),
            Chart.histogram("", "", "", nothing))) {
      assertThat(chart.figure()).isEmpty();
      assertThat(chart.image()).isEmpty();
    }
    assertThat(chart(new Line("", nothing), new Line("", new double[] {1})).all("g")).hasSize(1);
  }

  @Test
  void aBarIsAsHighAsThereAreValues() {
    double[] values = DoubleStream.of(0, 0.4, 0.1, 0.2, 0.8, 1, 0.3, Double.NaN, 0, 0).toArray();
    Markup chart = markup(Chart.histogram("Errors", "error", "images", values));
    assertThat(chart.values("rect", "class")).containsOnly("bar");
    double[] heights = numbers(chart, "rect", "height");
    assertThat(heights).hasSize(3);
    assertThat(heights[0] / heights[1]).isEqualTo(6.0, within(0.1));
    assertThat(heights[2] / heights[1]).isEqualTo(2.0, within(0.1));
    assertThat(numbers(chart, "rect", "x")).isSorted();
  }

  @Test
  void equalValuesAreOneBar() {
    double[] values = new double[50];
    Arrays.fill(values, 7);
    Markup chart = markup(Chart.histogram("", "", "", values));
    assertThat(Arrays.stream(numbers(chart, "rect", "height")).filter(height -> height > 0))
        .hasSize(1);
  }

  @Test
  void aConfusionTableHasAShareForEachClassThatOccurs() {
    Markup table =
        Markup.of(new ConfusionTable(new int[][] {{3, 1, 0}, {0, 0, 0}, {0, 0, 5}}).tag() + "");
    assertThat(table.texts("td"))
        .containsExactly("", "3", "1", "·", "75.0", "·", "·", "·", "", "·", "·", "5", "100.0");
    assertThat(table.values("td", "class"))
        .contains("right strong", "wrong")
        .doesNotContain("wrong strong");
    assertThat(table.texts("th")).containsExactly("0", "1", "2", "%", "0", "1", "2");
  }

  private static Markup chart(Line... lines) {
    return markup(Chart.overEpochs("Loss & more", "nats", List.of(lines)));
  }

  private static Markup markup(Chart chart) {
    return Markup.of(chart.figure().orElseThrow() + "");
  }

  private static double number(String text) {
    return Double.parseDouble(text);
  }

  private static double[] numbers(Markup chart, String name, String attribute) {
    return chart.values(name, attribute).stream().mapToDouble(Double::parseDouble).toArray();
  }
}
