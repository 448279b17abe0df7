package io.github.dae4j.cli.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.stacked.table.CsvOptions;
import io.github.dae4j.stacked.table.Table;
import io.github.dae4j.stacked.table.TableModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableEvaluationTest {

  private static final List<String> TOWNS = List.of("Bern", "Oslo", "Rome");
  private static final List<String> COUNTRIES = List.of("Switzerland", "Norway", "Italy");

  /** Town and country go together, but in one row of so many; so do height and width. */
  private static List<Map<String, ?>> rows(int wrongEvery) {
    List<Map<String, ?>> rows = new ArrayList<>();
    for (int row = 0; row < 200; row++) {
      boolean isWrong = wrongEvery > 0 && row % wrongEvery == 0;
      String country = COUNTRIES.get((row + (isWrong ? 1 : 0)) % 3);
      int height = row % 40;
      rows.add(
          Map.of(
              "town",
              TOWNS.get(row % 3),
              "country",
              country,
              "height",
              height,
              "width",
              2.0 * height + (isWrong ? 40 : 0.5)));
    }
    return rows;
  }

  /** Most cells are as expected and explain no score; they count in the errors nevertheless. */
  @Test
  void errorsOfHiddenCellsCountEveryRow() {
    TableModel model = TableModel.builder().updates(600).fit(rows(0));
    Table table = Table.of(rows(10));
    TableEvaluation.Result result = evaluated(model, table);
    assertThat(expected(result, "country")).as("share of wrong words").isBetween(0.05, 0.2);
    // a tenth of the cells is 40 off: 12.6 is the root of the mean square over all of them
    assertThat(expected(result, "width")).isBetween(8.0, 20.0);
    assertThat(result.columns()).allSatisfy(c -> assertThat(c.cells()).isEqualTo(200));
  }

  /** Numbers are read as the table reads them, with thousands and decimal commas. */
  @Test
  void numbersAreReadAsInTheTable() throws IOException {
    StringBuilder german = new StringBuilder("size;price\n");
    StringBuilder english = new StringBuilder("size,price\n");
    for (int row = 0; row < 80; row++) {
      int size = 1000 + 37 * row;
      german.append("%s;%d,5\n".formatted(thousands(size, '.'), row % 11));
      english.append("\"%s\",%d.5\n".formatted(thousands(size, ','), row % 11));
    }
    TableEvaluation.Result ofGerman = evaluated(german, ',');
    TableEvaluation.Result ofEnglish = evaluated(english, '.');
    assertThat(ofGerman.label().rows()).isEqualTo(80);
    assertThat(ofGerman.label().rmseOfMean()).isBetween(800.0, 900.0);
    assertThat(ofGerman).isEqualTo(ofEnglish);
  }

  /** Words are found as inputs are: by what they say, however another program writes them. */
  @Test
  void wordsMayBeWrittenOtherwise() {
    Table python = words("%d.0", "True", "False");
    for (String label : List.of("grade", "passed")) {
      TableModel model =
          TableModel.builder()
              .label(label)
              .column(label.equals("grade") ? "passed" : "grade", "category")
              .updates(100)
              .units(8)
              .fit(python);
      TableEvaluation.Result same = evaluated(model, python);
      TableEvaluation.Result query = evaluated(model, words("%d", "true", "false"));
      assertThat(same.label().confusion()).hasSize(label.equals("grade") ? 3 : 2);
      assertThat(same.columns())
          .anySatisfy(
              column -> {
                assertThat(column.unit()).isEqualTo("wrong");
                assertThat(column.reconstruction()).isLessThan(0.5);
              });
      assertThat(query).isEqualTo(same);
    }
  }

  private static Table words(String grade, String yes, String no) {
    return Table.of(
        List.of("grade", "passed", "points"),
        IntStream.range(0, 90)
            .mapToObj(
                row ->
                    List.of(
                        grade.formatted(row % 3 + 1),
                        row % 3 == 0 ? yes : no,
                        "" + (20 * (row % 3) + row % 7)))
            .toList());
  }

  /** From 23:55 to 0:05 it is ten minutes, and from midnight to noon as far as can be. */
  @Test
  void timesOfDayAreApartAsOnAClock() {
    Table night = Table.of(List.of("at", "load"), times(23 * 60 + 50));
    TableModel model = TableModel.builder().updates(200).units(4).fit(night);
    TableEvaluation.Result same = evaluated(model, night);
    assertThat(error(same, "at").reconstruction()).as("hours").isLessThan(0.3);
    assertThat(error(same, "at").expected()).as("hours").isLessThan(0.3);
    Table noon = Table.of(List.of("at", "load"), times(11 * 60 + 50));
    assertThat(expected(evaluated(model, noon), "at")).as("hours").isBetween(11.5, 12.0);
  }

  private static List<List<String>> times(int firstMinute) {
    return IntStream.range(0, 200)
        .map(row -> (firstMinute + row % 21) % (24 * 60))
        .mapToObj(
            minute ->
                List.of("%d:%02d".formatted(minute / 60, minute % 60), "" + (minute + 720) % 1440))
        .toList();
  }

  @Test
  void largeLabelsHaveTheSpreadOfSmallOnes() {
    for (long first : new long[] {0, 1_700_000_000, 1_700_000_000_000L}) {
      Table table = labels(first);
      TableModel model = TableModel.builder().label("time").updates(5).units(4).fit(table);
      assertThat(evaluated(model, table).label().rmseOfMean())
          .as("from %d on", first)
          .isCloseTo(Math.sqrt((100 * 100 - 1) / 12.0), within(1e-6));
    }
  }

  private static Table labels(long first, String... more) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      rows.add(List.of("" + i % 10, "" + (first + i)));
    }
    for (String number : more) {
      rows.add(List.of(number, number));
    }
    return Table.of(List.of("digit", "time"), rows);
  }

  /** One number of more digits than an error can be squared with is no error of all the others. */
  @Test
  void numbersBeyondSquaringAreLeftOut() {
    TableModel model = TableModel.builder().label("time").updates(5).units(4).fit(labels(0));
    TableEvaluation.Result result =
        evaluated(model, labels(0, "1e999", "-1e999", "1e200", "nothing"));
    assertThat(result.rows()).isEqualTo(104);
    assertThat(result.label().rows()).isEqualTo(100);
    assertThat(result.label().rmse()).isLessThan(1000);
    assertThat(error(result, "digit").cells()).isEqualTo(100);
    assertThat(error(result, "digit").reconstruction()).isLessThan(1000);
    assertThat(error(result, "digit").expected()).isLessThan(1000);
  }

  /** The yardstick of an error is of the same cells; without a cell there is neither. */
  @Test
  void spreadsAreOfTheCellsThatAreMeasured() {
    TableModel model =
        TableModel.builder().column("time", "number").updates(5).units(4).fit(labels(0));
    Table others =
        Table.of(
            List.of("digit", "time"),
            IntStream.range(0, 100)
                .mapToObj(row -> List.of(row < 80 ? "1" : "41", row < 2 ? "none" : ""))
                .toList());
    TableEvaluation.Result result = evaluated(model, others);
    assertThat(error(result, "digit").spread()).isCloseTo(16, within(1e-9));
    assertThat(error(result, "time"))
        .isEqualTo(new TableEvaluation.ColumnError("time", "rmse", 0, null, null, null));
  }

  private static String thousands(int number, char mark) {
    return "%d%c%03d".formatted(number / 1000, mark, number % 1000);
  }

  private static TableEvaluation.Result evaluated(StringBuilder text, char decimal)
      throws IOException {
    Table table =
        Table.read(
                new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)),
                "prices",
                new CsvOptions(null, null, decimal, null, null, null))
            .held();
    return evaluated(TableModel.builder().label("size").updates(20).units(4).fit(table), table);
  }

  private static TableEvaluation.Result evaluated(TableModel model, Table table) {
    TableEvaluation evaluation = new TableEvaluation(model, table);
    try (Table.Rows all = table.rows()) {
      all.forEachRemaining(evaluation::add);
    }
    return evaluation.result();
  }

  /** To hide each cell of a wide table would take minutes: then that is left out. */
  @Test
  void cellsOfWideTablesAreNotHiddenOneByOne() {
    List<List<String>> rows =
        IntStream.range(0, 8)
            .mapToObj(
                row -> IntStream.range(0, 4000).mapToObj(i -> "" + (row * i % 7 + row)).toList())
            .toList();
    Table table = Table.of(IntStream.range(0, 4000).mapToObj(i -> "c" + i).toList(), rows);
    TableModel model = TableModel.builder().updates(1).units(256).fit(table);
    TableEvaluation evaluation = new TableEvaluation(model, table);
    try (Table.Rows all = table.rows()) {
      evaluation.add(all.next());
    }
    assertThat(evaluation.result().columns())
        .hasSizeGreaterThan(3000)
        .allSatisfy(column -> assertThat(column.expected()).isNull());
  }

  private static double expected(TableEvaluation.Result result, String column) {
    return error(result, column).expected();
  }

  private static TableEvaluation.ColumnError error(TableEvaluation.Result result, String column) {
    return result.columns().stream()
        .filter(error -> error.column().equals(column))
        .findFirst()
        .orElseThrow();
  }
}
