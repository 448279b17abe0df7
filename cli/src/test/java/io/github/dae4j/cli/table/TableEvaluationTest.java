package io.github.dae4j.cli.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.stacked.table.Table;
import io.github.dae4j.stacked.table.TableModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    TableEvaluation evaluation = new TableEvaluation(model, table);
    try (Table.Rows all = table.rows()) {
      all.forEachRemaining(evaluation::add);
    }
    TableEvaluation.Result result = evaluation.result();
    assertThat(expected(result, "country")).as("share of wrong words").isBetween(0.05, 0.2);
    // a tenth of the cells is 40 off: 12.6 is the root of the mean square over all of them
    assertThat(expected(result, "width")).isBetween(8.0, 20.0);
    assertThat(result.columns()).allSatisfy(c -> assertThat(c.cells()).isEqualTo(200));
  }

  private static double expected(TableEvaluation.Result result, String column) {
    return result.columns().stream()
        .filter(error -> error.column().equals(column))
        .findFirst()
        .orElseThrow()
        .expected();
  }
}
