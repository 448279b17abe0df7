package io.github.dae4j.stacked.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FittedTableTest {

  private static final double[] FIRST = {-1.3416, 1, 0, 0, 0, -1.4142};

  @Test
  void numbersAreStandardisedAndWordsAreOneHot() {
    INDArray features = People.TABLE.features(People.ROWS);
    assertThat(features.dataType()).isEqualTo(DataType.FLOAT);
    assertThat(features.shape()).containsExactly(4, 6);
    assertThat(features.toDoubleMatrix()[0]).containsExactly(FIRST, within(1e-4));
    assertThat(features.toDoubleMatrix()[1]).startsWith(features.getDouble(1, 0), 0, 0, 1, 1);
    for (int number : new int[] {0, 5}) {
      assertThat(features.getColumn(number).meanNumber().doubleValue()).isCloseTo(0, within(1e-6));
      assertThat(features.getColumn(number).stdNumber(false).doubleValue())
          .isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void featuresAreTheRowsAgain() {
    assertThat(People.TABLE.rows(People.TABLE.features(People.ROWS))).isEqualTo(People.ROWS);
  }

  @ParameterizedTest
  @CsvSource({
    "0.001, 0.002",
    "1e-9, 3e-9",
    "1234567, 1234568",
    "0, 50",
    "-7, 2500000",
    "1e20, 3e20"
  })
  void numbersOfAnySizeComeBack(String small, String large) {
    FittedTable table =
        new TableSchema(new NumericColumn("x")).fit(List.of(List.of(small), List.of(large)));
    List<List<String>> rows = table.rows(table.features(List.of(List.of(small), List.of(large))));
    assertThat(Double.parseDouble(rows.get(0).get(0))).isEqualTo(Double.parseDouble(small));
    assertThat(Double.parseDouble(rows.get(1).get(0))).isEqualTo(Double.parseDouble(large));
  }

  @Test
  void onlyTheTrainingRowsScale() {
    INDArray features = People.TABLE.features(People.row("60", "baker", "no", "5000"));
    assertThat(features.getDouble(0, 0)).isCloseTo((60 - 35) / Math.sqrt(125), within(1e-6));
  }

  @Test
  void aColumnThatNeverChangesIsZero() {
    FittedTable table =
        new TableSchema(new NumericColumn("x")).fit(List.of(List.of("7"), List.of("7")));
    assertThat(table.scales()).isEqualTo(Map.of("x", new Scale(7, 0)));
    assertThat(table.features(List.of(List.of("7"), List.of("9"))).toDoubleVector())
        .containsExactly(0, 2);
    assertThat(table.rows(Nd4j.zeros(1, 1))).containsExactly(List.of("7"));
  }

  @Test
  void roundingIsNoSpread() {
    Random random = new Random(1);
    for (int trial = 0; trial < 400; trial++) {
      String constant = Double.toString(random.nextGaussian() * Math.pow(10, random.nextInt(9)));
      FittedTable table =
          new TableSchema(new NumericColumn("c"))
              .fit(Collections.nCopies(3 + random.nextInt(50), List.of(constant)));
      assertThat(table.scales().get("c")).isEqualTo(new Scale(Double.parseDouble(constant), 0));
      assertThat(table.features(List.of(List.of(constant))).getDouble(0)).isZero();
    }
    FittedTable tenths =
        new TableSchema(new NumericColumn("c"))
            .fit(List.of(List.of("0.3"), List.of("0.30000000000000004"), List.of("0.3")));
    assertThat(tenths.scales().get("c").standardDeviation()).isZero();
    assertThat(tenths.features(List.of(List.of("98.7"))).getDouble(0)).isBetween(0.0, 1000.0);
  }

  @Test
  void valuesBeyondAllAreCapped() {
    FittedTable table =
        new TableSchema(new NumericColumn("x")).fit(List.of(List.of("1"), List.of("3")));
    assertThat(table.features(List.of(List.of("1e30"), List.of("-1e300"))).toDoubleVector())
        .containsExactly(1000, -1000);
  }

  @Test
  void wordsAreTrimmedAndMissingWordsAreTheSameInEveryColumn() {
    assertThat(People.TABLE.features(People.row(" 35", "pilot ", " no", "2000.25 ")))
        .isEqualTo(People.TABLE.features(People.row("35", "pilot", "no", "2000.25")));
    for (String missing : List.of("NA", "?", "", " ", "null", "NaN ", "N/A")) {
      assertThat(
              People.TABLE.features(People.row(missing, missing, missing, missing))
                  .toDoubleMatrix()[0])
          .as(missing)
          .containsOnly(Double.NaN);
    }
  }

  @Test
  void aColumnOfManyWordsIsAsFastAsOneOfFew() {
    nanosPerCell(20); // compiled
    assertThat(nanosPerCell(20_000)).isLessThan(30 * Math.max(20, nanosPerCell(20)));
  }

  private static double nanosPerCell(int words) {
    List<String> all = IntStream.range(0, words).mapToObj(i -> "word " + i).toList();
    CategoricalColumn column =
        new CategoricalColumn("w", all.subList(0, 10), false).withRare(all.subList(10, words));
    RowEncoder encoder = new RowEncoder(new TableSchema(column), Map.of());
    float[] row = new float[11];
    double best = Double.MAX_VALUE;
    for (int repeat = 0; repeat < 10; repeat++) {
      long start = System.nanoTime();
      for (int i = 0; i < 2000; i++) {
        encoder.encode(0, all.get(i * 7 % words), '.', row, 0);
      }
      best = Math.min(best, (System.nanoTime() - start) / 2000.0);
    }
    return best; // where a list is searched it is a thousand times as much
  }

  @Test
  void aMissingCellIsNotANumberInAllItsFeatures() {
    for (String missing : new String[] {"", null}) {
      double[] features =
          People.TABLE.features(People.row(missing, missing, missing, missing)).toDoubleMatrix()[0];
      assertThat(features).containsOnly(Double.NaN);
    }
    assertThat(People.TABLE.features(People.row("35", "", "no", "")).toDoubleMatrix()[0])
        .containsExactly(0, Double.NaN, Double.NaN, Double.NaN, 0, Double.NaN);
  }

  @Test
  void aMissingCellCanBeFilledForModelsThatTakeNoNaN() {
    assertThat(People.TABLE.filledFeatures(People.row("", "", "", "")).toDoubleMatrix()[0])
        .containsExactly(0, 0, 0, 0, 0.75, 0);
    assertThat(People.TABLE.filledFeatures(People.ROWS))
        .isEqualTo(People.TABLE.features(People.ROWS));
  }

  @Test
  void missingCellsHaveNoPartInTheScale() {
    FittedTable table =
        new TableSchema(new NumericColumn("x"))
            .withMissing("NA", "?")
            .fit(List.of(List.of("1"), List.of("NA"), List.of("3"), List.of("?")));
    assertThat(table.scales().get("x")).isEqualTo(new Scale(2, 1));
    assertThat(table.rows(table.features(List.of(List.of("?"))))).containsExactly(List.of("NA"));
    assertThatThrownBy(() -> table.features(List.of(List.of(""))))
        .hasMessage("row 1: column 'x' must be a finite number, got ''");
  }

  @Test
  void anUnseenCategoryIsABlockOfZerosOrRefused() {
    List<List<String>> row = People.row("20", "diver", "no", "1000.5");
    INDArray features = People.TABLE.features(row);
    assertThat(features.toDoubleMatrix()[0]).startsWith(features.getDouble(0, 0), 0, 0, 0, 0);
    assertThat(People.TABLE.rows(features).get(0)).containsExactly("20", "", "no", "1000.5");

    FittedTable strict =
        new TableSchema(new CategoricalColumn("job", "baker", "pilot").refusingUnseen())
            .fit(List.of(List.of("baker")));
    assertThatThrownBy(() -> strict.features(List.of(List.of("pilot"), List.of("diver"))))
        .hasMessage("row 2: column 'job' must be one of [baker, pilot], got 'diver'");
  }

  @Test
  void whatIsExpectedSpeaksForTheLikeliestCells() {
    INDArray expected = Nd4j.createFromArray(new float[][] {{0, 0.2f, 0.5f, 0.3f, 0.4f, 0}});
    assertThat(People.TABLE.rows(expected).get(0)).containsExactly("35", "pilot", "no", "2000.25");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          old | baker | no    | 1 | row 1: column 'age' must be a finite number, got 'old'
          Inf | baker | no    | 1 | row 1: column 'age' must be a finite number, got 'Inf'
          0x1 | baker | no    | 1 | row 1: column 'age' must be a finite number, got '0x1'
          1e999 | baker | no  | 1 | row 1: column 'age' must be a finite number, got '1e999'
          1   | baker | maybe | 1 | row 1: column 'member' must be 'no' or 'yes', got 'maybe'
          """)
  void badCellsAreNamed(String age, String job, String member, String income, String message) {
    assertThatThrownBy(() -> People.TABLE.features(People.row(age, job, member, income)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void badTablesAreNamed() {
    assertThatThrownBy(() -> People.TABLE.features(People.row("1", "baker", "no")))
        .hasMessage("row 1: must have 4 cells, got 3");
    assertThatThrownBy(() -> People.TABLE.features(List.of()))
        .hasMessage("table rows must not be empty");
    assertThatThrownBy(() -> People.TABLE.rows(Nd4j.zeros(2, 5)))
        .hasMessage("table features must be [n, 6], got [2, 5]");
    assertThatThrownBy(() -> People.SCHEMA.fit(People.row("", "baker", "no", "1")))
        .hasMessage("column 'age' must have a cell that is not missing in one of 1 training rows");
    assertThatThrownBy(
            () ->
                new TableSchema(new NumericColumn("far"))
                    .fit(List.of(List.of("1e308"), List.of("-1e308"))))
        .hasMessageStartingWith("column 'far' has numbers too large to learn from: ");
    assertThatThrownBy(() -> new FittedTable(People.SCHEMA, Map.of()))
        .hasMessage(
            "FittedTable scales must be those of the columns [age, member, income], got {}");
  }
}
