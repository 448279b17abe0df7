package io.github.dae4j.stacked.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.stacked.anomaly.AnomalyEvaluation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What default settings reach on made-up rows, in small: benchmarks/tables measures real ones. The
 * bounds lie a little below what was reached.
 */
class TableQualityTest {

  private static final int ROWS = 400;
  private static List<double[]> readings;
  private static TableModel model;

  @BeforeAll
  static void fit() {
    readings = readings(2);
    model = TableModel.builder().fit(rows(readings(1)));
  }

  /** Twelve columns that follow from four causes, with noise. */
  private static List<double[]> readings(int seed) {
    Random random = new Random(seed);
    List<double[]> rows = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      double c = random.nextGaussian();
      double d = random.nextGaussian();
      double[] right = {
        a,
        b,
        c,
        d,
        a + b,
        b - c,
        a + c + d,
        0.7 * a * b,
        0.7 * c * c,
        1.5 * Math.abs(d),
        Math.max(a, c),
        0.7 * b * d
      };
      rows.add(
          IntStream.range(0, right.length)
              .mapToDouble(i -> right[i] + 0.3 * random.nextGaussian())
              .toArray());
    }
    return rows;
  }

  private static List<Map<String, ?>> rows(List<double[]> values) {
    List<Map<String, ?>> rows = new ArrayList<>();
    values.forEach(row -> rows.add(row(row)));
    return rows;
  }

  private static Map<String, Object> row(double[] values) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      row.put("c" + i, values[i]);
    }
    return row;
  }

  @Test
  void wrongCellsAreToldAndFewNormalRowsAreFlagged() {
    double[] scores = new double[ROWS];
    boolean[] wrong = new boolean[ROWS];
    int flagged = 0;
    for (int row = 0; row < ROWS; row++) {
      double[] values = readings.get(row).clone();
      wrong[row] = row % 4 == 0;
      if (wrong[row]) {
        int column = row / 4 % values.length;
        values[column] += values[column] > 0 ? -2 : 2;
      }
      RowScore score = model.score(row(values));
      scores[row] = score.value();
      flagged += !wrong[row] && score.isAnomaly() ? 1 : 0;
    }
    double area = AnomalyEvaluation.of(scores, wrong).rocAuc();
    assertThat(area).isGreaterThan(0.85);
    assertThat(flagged).isLessThanOrEqualTo(12);
  }

  /** What is seldom known tells as much as what always is. */
  @Test
  void aSeldomKnownColumnDoesNotRuleTheScores() {
    TableModel seldom = TableModel.builder().fit(withSeldom(readings(1), 4));
    double known = 0;
    double unknown = 0;
    int count = 0;
    for (Map<String, Object> row : withSeldom(readings, 5)) {
      boolean isKnown = row.get("seldom") != null;
      double score = seldom.score(row).value();
      count += isKnown ? 1 : 0;
      known += isKnown ? score : 0;
      unknown += isKnown ? 0 : score;
    }
    assertThat(known / count).isLessThan(2 * unknown / (ROWS - count));
  }

  private static List<Map<String, Object>> withSeldom(List<double[]> values, int seed) {
    Random random = new Random(seed);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (double[] each : values) {
      Map<String, Object> row = row(each);
      double told = each[0] + 0.3 * random.nextGaussian();
      row.put("seldom", random.nextInt(20) == 0 ? told : null);
      rows.add(row);
    }
    return rows;
  }

  @Test
  void hiddenNumbersAreFilledBetterThanByTheMean() {
    Random random = new Random(3);
    double squares = 0;
    double ofMean = 0;
    for (double[] values : readings) {
      Map<String, Object> row = row(values);
      List<String> hidden = row.keySet().stream().filter(c -> random.nextInt(5) == 0).toList();
      hidden.forEach(column -> row.put(column, null));
      Map<String, Object> filled = model.impute(row);
      for (String column : hidden) {
        double truth = values[Integer.parseInt(column.substring(1))];
        double error = truth - Double.parseDouble(filled.get(column).toString());
        double distance = truth - model.table().scales().get(column).mean();
        squares += error * error;
        ofMean += distance * distance;
      }
    }
    assertThat(Math.sqrt(squares / ofMean)).isLessThan(0.62);
  }

  @Test
  void aCodesUnitsHaveTheSameSpread() {
    List<Map<String, ?>> train = rows(readings(1));
    float[][] codes = train.stream().map(model::encode).toArray(float[][]::new);
    double[] deviations =
        IntStream.range(0, model.codeLength())
            .mapToDouble(unit -> deviation(codes, unit))
            .sorted()
            .toArray();
    int tenth = deviations.length / 10;
    assertThat(deviations[tenth]).isGreaterThan(0.8);
    assertThat(deviations[deviations.length - tenth]).isLessThan(1.2);
  }

  private static double deviation(float[][] codes, int unit) {
    double sum = 0;
    double squares = 0;
    for (float[] code : codes) {
      sum += code[unit];
      squares += code[unit] * code[unit];
    }
    double mean = sum / codes.length;
    return Math.sqrt(Math.max(0, squares / codes.length - mean * mean));
  }

  /** Two half moons of which three rows each have a label: rows without one show their shape. */
  @Test
  void rowsWithoutLabelHelpToTellIt() {
    List<Map<String, ?>> train = moons(400, 1);
    TableModel few = TableModel.builder().withoutDetector().label("moon").fit(train);
    int right = 0;
    for (Map<String, ?> row : moons(2000, 2)) {
      Map<String, Object> unknown = new HashMap<>(row);
      Object moon = unknown.remove("answer");
      unknown.remove("moon");
      right += few.predict(unknown).label().equals(moon) ? 1 : 0;
    }
    assertThat(right).isGreaterThan(1800);
  }

  private static List<Map<String, ?>> moons(int n, int seed) {
    Random random = new Random(seed);
    List<Map<String, ?>> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      boolean isUpper = i % 2 == 0;
      double angle = Math.PI * random.nextDouble();
      Map<String, Object> row = new HashMap<>();
      row.put(
          "x", (isUpper ? Math.cos(angle) : 1 - Math.cos(angle)) + 0.08 * random.nextGaussian());
      row.put(
          "y", (isUpper ? Math.sin(angle) : 0.4 - Math.sin(angle)) + 0.08 * random.nextGaussian());
      String moon = isUpper ? "upper" : "lower";
      if (seed == 1) {
        row.put("moon", i < 6 ? moon : null);
      } else {
        row.put("answer", moon);
      }
      rows.add(row);
    }
    return rows;
  }
}
