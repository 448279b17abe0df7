package io.github.dae4j.stacked.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as a few wild values, and what as a kind of its own. */
class ScaleFittingTest {

  private static double[] numbers(int n, double mean, double deviation) {
    Random random = new Random(1);
    return DoubleStream.generate(() -> mean + deviation * random.nextGaussian()).limit(n).toArray();
  }

  private static double[] all(double[]... parts) {
    return Stream.of(parts).flatMapToDouble(DoubleStream::of).toArray();
  }

  @ParameterizedTest
  @CsvSource({"0.2, 40", "0.05, 40", "0.02, 40", "0.2, -40", "0.02, -1e6"})
  void manyNumbersFarFromTheOthersAreAKindOfTheirOwn(double share, double at) {
    int n = 2000;
    int far = (int) (share * n);
    double[] values = all(numbers(n - far, 0.5, 0.05), numbers(far, at, 0.12 * Math.abs(at)));
    Scale exact = Scale.of(values);
    Scale scale = ScaleFitting.robust(values.clone());
    assertThat(scale.mean() / exact.mean()).isCloseTo(1, within(0.01));
    assertThat(scale.standardDeviation() / exact.standardDeviation()).isCloseTo(1, within(0.02));
    Scale wild = ScaleFitting.robust(all(values, new double[] {1e30, -1e30}));
    assertThat(wild.standardDeviation() / exact.standardDeviation()).isCloseTo(1, within(0.02));
  }

  @ParameterizedTest
  @CsvSource({"1000, 1", "1000, 10", "100, 3", "60, 2", "20, 1"})
  void aFewAreWild(int n, int wild) {
    for (double size : new double[] {1e3, 1e30, -1e300}) {
      double[] values =
          all(numbers(n, 50, 10), IntStream.range(0, wild).mapToDouble(i -> size + i).toArray());
      Scale scale = ScaleFitting.robust(values);
      double mostOfOne = 20 * 2 * 1.35 * 10; // as which each counts at most
      double most = Math.sqrt(100 + wild * mostOfOne * mostOfOne / n);
      assertThat(scale.standardDeviation()).as("%d of %s", wild, size).isLessThan(1.1 * most);
    }
  }

  @Test
  void oneNumberThatStandsForNothingIsWildHoweverOften() {
    double[] missing = new double[100];
    java.util.Arrays.fill(missing, -99_999);
    Scale scale = ScaleFitting.robust(all(numbers(900, 20, 5), missing));
    assertThat(scale.standardDeviation()).isLessThan(60);
  }

  @Test
  void aWildValueAmongZerosIsOne() {
    double[] values = all(new double[350], numbers(50, 3, 1), new double[] {1e9});
    assertThat(ScaleFitting.robust(values).standardDeviation()).isBetween(0.5, 2.0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-305, 1e-200, 1e-160, 1e-150, 1, 1e150})
  void numbersOfAnySizeHaveADeviation(double size) {
    Scale scale = Scale.of(new double[] {size, 2 * size, 3 * size});
    assertThat(scale.standardDeviation() / size).isCloseTo(Math.sqrt(2.0 / 3), within(1e-9));
    assertThat(Scale.of(new double[] {size, size, size}).standardDeviation()).isZero();
  }

  @Test
  void tinyNumbersAreLearntFrom() {
    Table table =
        Table.of(
            List.of("tiny", "other"),
            IntStream.range(0, 60)
                .mapToObj(row -> List.of((1 + row % 7) + "e-200", "" + row % 7))
                .toList());
    TableModel model = TableModel.builder().updates(20).units(8).fit(table);
    assertThat(model.table().scales().get("tiny").standardDeviation())
        .isCloseTo(2e-200, within(1e-201));
    assertThat(model.score(Map.of("tiny", 1, "other", 3)).reasons().get(0).column())
        .isEqualTo("tiny");
    assertThat(model.score(Map.of("tiny", 1, "other", 3)).isAnomaly()).isTrue();
  }

  /** A machine is idle or runs: of its power both are filled. */
  @Test
  void bothKindsOfNumbersAreFilled() {
    Random random = new Random(2);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int row = 0; row < 300; row++) {
      boolean runs = row % 5 == 0;
      rows.add(
          Map.of(
              "state",
              runs ? "run" : row % 5 == 1 ? "off" : "idle",
              "power",
              runs ? 40 + 5 * random.nextGaussian() : 0.5 + 0.05 * random.nextGaussian(),
              "load",
              random.nextGaussian()));
    }
    TableModel model = TableModel.builder().withoutDetector().updates(200).units(32).fit(rows);
    assertThat(power(model, "run")).isBetween(30.0, 50.0);
    assertThat(power(model, "idle")).isBetween(-5.0, 6.0);
  }

  private static double power(TableModel model, String state) {
    return Double.parseDouble(
        model.impute(Map.of("state", state, "load", 0.1)).getOrDefault("power", "").toString());
  }

  /** One label that is wrong by far, on either side, leaves the other rows' as they were. */
  @ParameterizedTest
  @ValueSource(doubles = {1e6, -1e30, 1e300})
  void aWildLabelSpoilsNoPrediction(double wild) {
    Random random = new Random(3);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int row = 0; row < 300; row++) {
      double x = random.nextGaussian();
      double z = random.nextGaussian();
      rows.add(Map.of("x", x, "z", z, "y", row == 7 ? wild : 3 * x + z));
    }
    TableModel model =
        TableModel.builder().withoutDetector().label("y").updates(300).units(32).fit(rows);
    double[] errors =
        rows.stream()
            .mapToDouble(
                row ->
                    Math.abs(
                        (double) row.get("y") - Double.parseDouble(model.predict(row).label())))
            .sorted()
            .toArray();
    assertThat(errors[150]).isLessThan(1.0);
  }
}
