package io.github.dae4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.report.LineChart.Line;
import io.github.dae4j.testing.Markup;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChartTest {

  @Test
  void aLineGoesFromEpochToEpochAndHasAGapWhereThereIsNoNumber() {
    Markup chart = chart(new Line("cost", new double[] {4, 2, Double.NaN, 1e30, 0, 1}));
    // 302 wide from 46 on for epochs 1 to 6, 160 high from 22 on for costs 4 to 0.
    assertThat(chart.values("path", "d"))
        .contains("M46.0 22.0L106.4 102.0M287.6 182.0L348.0 142.0");
    assertThat(chart.values("circle", "cx")).containsExactly("46.0", "106.4", "287.6", "348.0");
    assertThat(chart.texts("text"))
        .containsExactly("1", "2", "3", "4", "5", "6", "0", "1", "2", "3", "4", "nats", "epoch");
    assertThat(chart.values("svg", "aria-label")).containsExactly("Cost & more");
    assertThat(chart.texts("figcaption")).containsExactly("Cost & more");
  }

  @Test
  void namedStepsStandAtEqualDistances() {
    LineChart few =
        new LineChart(
            "", "labels", List.of("10", "500"), "%", List.of(new Line("", new double[] {4, 0})));
    Markup chart = Markup.of(few.tag().orElseThrow() + "");
    assertThat(chart.values("circle", "cx")).containsExactly("46.0", "348.0");
    assertThat(chart.texts("text")).startsWith("10", "500").endsWith("%", "labels");
  }

  /** A 0 once stood at the right end of axes that begin at 0, over their last label. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 6, 15, 16, 50, 51, 100, 1000})
  void labelsBelowStandInTheirOrderAtTheirTicks(int epochs) {
    Markup lines = chart(new Line("cost", new double[epochs]));
    double[] values = IntStream.rangeClosed(0, epochs).asDoubleStream().toArray();
    Markup bars = Markup.of(new Histogram("", "", "", values).tag().orElseThrow() + "");
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
    Markup chart = Markup.of(new Histogram("", "", "", low, high).tag().orElseThrow() + "");
    assertThat(chart.texts("text")).contains("10");
    assertThat(numbers(chart, "x")[0]).isEqualTo(46);
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
    assertThat(new LineChart("", "", List.of(new Line("", nothing))).tag()).isEmpty();
    assertThat(new LineChart("", "", List.of()).tag()).isEmpty();
    assertThat(new Histogram("", "", "", nothing).tag()).isEmpty();
    assertThat(chart(new Line("", nothing), new Line("", new double[] {1})).all("g")).hasSize(1);
  }

  @Test
  void aBarIsAsHighAsThereAreValues() {
    double[] values = DoubleStream.of(0, 0.4, 0.1, 0.2, 0.8, 1, 0.3, Double.NaN, 0, 0).toArray();
    Markup chart =
        Markup.of(new Histogram("Errors", "error", "images", values).tag().orElseThrow() + "");
    assertThat(chart.values("rect", "class")).containsOnly("bar");
    double[] heights = numbers(chart, "height");
    assertThat(heights).hasSize(3);
    assertThat(heights[0] / heights[1]).isEqualTo(6.0, within(0.1));
    assertThat(heights[2] / heights[1]).isEqualTo(2.0, within(0.1));
    assertThat(numbers(chart, "x")).isSorted();
  }

  @Test
  void equalValuesAreOneBar() {
    double[] values = new double[50];
    Arrays.fill(values, 7);
    Markup chart = Markup.of(new Histogram("", "", "", values).tag().orElseThrow() + "");
    assertThat(Arrays.stream(numbers(chart, "height")).filter(height -> height > 0)).hasSize(1);
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
    return Markup.of(new LineChart("Cost & more", "nats", List.of(lines)).tag().orElseThrow() + "");
  }

  private static double number(String text) {
    return Double.parseDouble(text);
  }

  private static double[] numbers(Markup chart, String attribute) {
    return chart.values("rect", attribute).stream().mapToDouble(Double::parseDouble).toArray();
  }
}
