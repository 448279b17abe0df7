package io.github.dae4j.stacked.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A model of 300 people, of whom age, salary and job go together. */
class TableModelTest {

  private static final List<Map<String, Object>> PEOPLE = Workers.rows(300, 1);

  @TempDir private static Path folder;
  private static TableModel model;

  @BeforeAll
  static void fit() {
    model = TableModel.builder().updates(400).label("member").fit(PEOPLE);
  }

  private static Map<String, Object> with(String column, Object value) {
    Map<String, Object> row = new LinkedHashMap<>(PEOPLE.get(0));
    row.put(column, value);
    return row;
  }

  @Test
  void usualRowsScoreAboutOneAndFewAreFlagged() {
    List<Map<String, Object>> others = Workers.rows(1000, 2);
    double[] values =
        others.stream().mapToDouble(row -> model.score(row).value()).sorted().toArray();
    assertThat(values[500]).isBetween(0.5, 1.5);
    long flagged = others.stream().filter(row -> model.score(row).isAnomaly()).count();
    assertThat(flagged).isBetween(1L, 40L);
    assertThat(model.withContamination(0.2).threshold()).isLessThan(model.threshold());
  }

  @Test
  void anUnseenWordRaisesTheScoreAndIsBlamed() {
    RowScore seen = model.score(PEOPLE.get(0));
    RowScore unseen = model.score(with("job", "doctor"));
    assertThat(unseen.value()).isGreaterThan(seen.value());
    assertThat(unseen.isAnomaly()).isTrue();
    RowScore.Reason reason = unseen.reasons().get(0);
    assertThat(reason.column()).isEqualTo("job");
    assertThat(reason.value()).isEqualTo("doctor");
    assertThat(reason.expected()).isIn("smith", "teacher", "clerk");
    assertThat(reason.note()).isEqualTo("never seen in training");
    assertThat(reason)
        .hasToString(
            "job is 'doctor', never seen in training; expected '%s'".formatted(reason.expected()));
  }

  @Test
  void aRowHasOneCodeHoweverItComes() {
    for (Map<String, Object> row : List.of(PEOPLE.get(0), with("job", "doctor"))) {
      Table table = Table.of(List.of(row));
      try (Table.Rows rows = table.rows()) {
        assertThat(model.encode(row)).isEqualTo(model.on(table).encode(rows.next()));
      }
    }
  }

  @Test
  void numbersBeyondAllAreScoredAndBlamed() {
    for (Object wild :
        new Object[] {
          1e30,
          -1e300,
          "1e999",
          Double.MAX_VALUE,
          9_000_000,
          Double.POSITIVE_INFINITY,
          Float.NEGATIVE_INFINITY
        }) {
      assertThat(model.impute(with("age", wild))).containsEntry("age", wild);
      RowScore score = model.score(with("age", wild));
      assertThat(score.value()).as("%s", wild).isFinite();
      assertThat(score.isAnomaly()).as("%s", wild).isTrue();
      assertThat(score.reasons().get(0).column()).isEqualTo("age");
      assertThat(score.reasons().get(0).note()).startsWith("beyond all of training, 20 to 6");
    }
    RowScore word = model.score(with("age", "old"));
    assertThat(word.isAnomaly()).isTrue();
    assertThat(word.reasons().get(0).column()).isEqualTo("age");
  }

  /**
   * A wild value in training hides no other: what is beyond all is told by the numbers themselves.
   */
  @Test
  void whatIsBeyondEvenAWildValueIsToldByName() throws IOException {
    List<Map<String, Object>> rows = new ArrayList<>(PEOPLE);
    rows.set(17, with("age", 5_000_000.0));
    rows.set(18, with("age", -7000.0));
    TableModel spoilt = TableModel.builder().updates(50).fit(rows);
    Path file = folder.resolve("spoilt.zip");
    spoilt.save(file);
    for (TableModel each : List.of(spoilt, TableModel.load(file))) {
      for (double beyond : new double[] {5_000_001, 1e9, 1e300, -7001, -1e9}) {
        RowScore score = each.score(with("age", beyond));
        assertThat(score.isAnomaly()).as("%s", beyond).isTrue();
        assertThat(score.reasons().get(0).note())
            .as("%s", beyond)
            .isEqualTo("beyond all of training, -7000 to 5000000");
      }
      for (double within : new double[] {5_000_000, 4_000_000, 9000, -7000}) {
        assertThat(each.score(with("age", within)).columns())
            .as("%s", within)
            .allMatch(reason -> reason.note().isEmpty());
      }
    }
  }

  /** One odd cell: the row is scored, flagged and explained by it; other rows are as they were. */
  @Test
  void anOddCellSpoilsNoOtherRow() throws IOException {
    List<Map<String, Object>> usual = Workers.rows(20, 8);
    List<Map<String, Object>> rows = new ArrayList<>(usual);
    Map<String, Object> odd = Map.of("job", "doctor", "age", "1e30", "salary", "-1e30");
    for (Map<String, Object> row : usual) {
      odd.forEach(
          (column, value) -> {
            Map<String, Object> changed = new LinkedHashMap<>(row);
            changed.put(column, value);
            RowScore score = model.score(changed);
            assertThat(score.value()).as("%s", changed).isFinite();
            assertThat(score.value()).isGreaterThan(model.score(row).value());
            assertThat(score.isAnomaly()).isTrue();
            assertThat(score.reasons(1).get(0).column()).isEqualTo(column);
            assertThat(score.reasons(1).get(0).contribution())
                .isGreaterThanOrEqualTo(score.threshold());
            rows.add(changed);
          });
      for (Object missing : Arrays.asList(null, Double.NaN, Float.NaN, "", "NA", "?")) {
        Map<String, Object> changed = new LinkedHashMap<>(row);
        changed.put("salary", missing);
        RowScore score = model.score(changed);
        assertThat(score.value()).isEqualTo(model.score(withoutSalary(row)).value());
        assertThat(score.columns())
            .filteredOn(reason -> reason.column().equals("salary"))
            .singleElement()
            .satisfies(reason -> assertThat(reason.value()).isNull())
            .satisfies(reason -> assertThat(reason.contribution()).isZero());
      }
    }
    Path file =
        Workers.csv(
            folder.resolve("odd.csv"), rows, List.of("age", "salary", "job", "member", "unit"));
    List<RowScore> together = model.score(Table.read(file));
    assertThat(together).hasSize(80);
    assertThat(values(together.subList(0, 20)))
        .isEqualTo(usual.stream().map(row -> model.score(row).value()).toList());
    assertThat(together.subList(20, 80)).allMatch(RowScore::isAnomaly);
  }

  private static Map<String, Object> withoutSalary(Map<String, Object> row) {
    Map<String, Object> rest = new LinkedHashMap<>(row);
    rest.remove("salary");
    return rest;
  }

  @Test
  void aColumnThatNeverChangedIsWatched() {
    assertThat(model.score(with("unit", "EUR")).isAnomaly())
        .isEqualTo(model.score(PEOPLE.get(0)).isAnomaly());
    RowScore changed = model.score(with("unit", "USD"));
    assertThat(changed.isAnomaly()).isTrue();
    assertThat(changed.reasons().get(0))
        .hasToString("unit is 'USD', always the same in training; expected 'EUR'");
  }

  @Test
  void cellsThatDoNotGoTogetherAreBlamed() {
    int found = 0;
    for (Map<String, Object> person : Workers.rows(50, 3)) {
      Map<String, Object> row = new HashMap<>(person);
      boolean isRich = ((Number) row.get("salary")).doubleValue() > 40_000;
      row.put("salary", isRich ? 15_000 : 75_000);
      found += model.score(row).reasons(1).get(0).column().equals("salary") ? 1 : 0;
    }
    assertThat(found).isGreaterThan(40);
  }

  @Test
  void columnsThatAreAsExpectedExplainNothing() {
    Map<String, Object> hole = with("salary", null);
    for (Map<String, Object> row :
        Stream.concat(Workers.rows(200, 3).stream(), Stream.of(hole)).toList()) {
      List<RowScore.Reason> reasons = model.score(row).reasons(10);
      assertThat(reasons).isNotEmpty();
      if (reasons.size() > 1) {
        assertThat(reasons)
            .allSatisfy(
                reason -> {
                  assertThat(reason.value()).isNotNull().isNotEqualTo(reason.expected());
                });
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "219.0 | 219 | . | false",
        "219,50 | 219,5 | , | false",
        "1,219 | 1219 | . | false",
        "1,219 | 1219 | , | true",
        "1,5 | 1.5 | , | false", // a word of a file with a point
        "1.5 | 1,50 | . | false", // a word of a file with a comma
        "True | true | . | false",
        "True | false | . | true",
        "219 | 220 | . | true",
        "smith | clerk | . | true",
        "smith | | . | true",
        "| 219 | . | false"
      })
  void aCellIsAsExpectedHoweverItIsWritten(
      String value, String expected, char decimal, boolean isDeviation) {
    RowScore.Reason reason = new RowScore.Reason("a", value, expected, 1, "");
    assertThat(RowInference.isDeviation(reason, decimal)).isEqualTo(isDeviation);
    RowScore.Reason noted = new RowScore.Reason("a", "7", "7", 1, "beyond all of training");
    assertThat(RowInference.isDeviation(noted, decimal)).isTrue();
    RowScore.Reason padded = new RowScore.Reason("a", " smith", "smith", 1, "");
    assertThat(RowInference.isDeviation(padded, decimal)).isFalse();
  }

  /** The model is one of a file; the dates of the rows asked about are those of Java. */
  @Test
  void aDateIsAsExpectedHoweverItIsWritten() {
    List<Map<String, String>> rows =
        IntStream.range(0, 90)
            .mapToObj(i -> Map.of("day", "0%d.02.2021".formatted(1 + i % 3), "x", 1 + i % 3 + ".5"))
            .toList();
    TableModel days = TableModel.builder().updates(600).fit(rows);
    LocalDate second = LocalDate.of(2021, 2, 2);
    RowScore typed = days.score(Map.of("day", second, "x", 2.5));
    assertThat(typed.value())
        .isEqualTo(days.score(Map.of("day", "02.02.2021", "x", 2.5)).value())
        .isLessThan(days.threshold());
    assertThat(typed.columns())
        .filteredOn(reason -> reason.column().equals("day"))
        .extracting(RowScore.Reason::expected)
        .containsExactly("02.02.2021");
    assertThat(typed.reasons(2)).extracting(RowScore.Reason::column).containsExactly("x");
    assertThat(days.impute(Map.of("x", 2.5))).containsEntry("day", "02.02.2021");
    assertThat(days.impute(Map.of("day", second)).get("x").toString()).startsWith("2.");
  }

  @Test
  void missingCellsAreScoredOnWhatIsThere() {
    Map<String, Object> row = new HashMap<>(PEOPLE.get(0));
    row.put("age", null);
    row.put("job", " NA ");
    row.remove("salary");
    assertThat(model.score(row).value()).isFinite();
    assertThat(model.score(Map.of()).value()).isFinite();
    assertThat(model.score(Map.of("age", 45, "job", "smith")).reasons(9)).isNotEmpty();
  }

  @Test
  void onlyMissingCellsAreFilled() throws IOException {
    String csv =
        """
        salary;job; age ;id;extra
        45200,123456; smith ;;7;"a ""b"" c"
        ;doctor;030;8;
        NA;teacher;41;9;x
        """;
    Path file = Files.writeString(folder.resolve("holes.csv"), csv);
    Table table = Table.read(file);
    List<Map<String, Object>> people =
        PEOPLE.stream().map(TableModelTest::withoutUnusedColumns).toList();
    TableRowModel rows = TableModel.builder().updates(60).fit(people).on(table);
    assertThat(rows.extraColumns()).containsExactly("extra");
    StringBuilder full = new StringBuilder(table.dialect().orElseThrow().format(table.columns()));
    try (Table.Rows all = table.rows()) {
      all.forEachRemaining(
          row -> full.append(table.dialect().orElseThrow().format(rows.impute(row))));
    }
    assertThat(full.toString().lines().toList().get(1))
        .matches("45200,123456; smith ;[2-6]\\d;7;\"a \"\"b\"\" c\"");
    assertThat(full.toString().lines().toList().get(2)).matches("\\d{5};doctor;030;8;");
    assertThat(full.toString().lines().toList().get(3)).matches("\\d{5};teacher;41;9;x");
  }

  private static Map<String, Object> withoutUnusedColumns(Map<String, Object> row) {
    Map<String, Object> some = new LinkedHashMap<>(row);
    some.keySet().retainAll(List.of("id", "age", "salary", "job"));
    return some;
  }

  @Test
  void filledCellsAreSensible() {
    Map<String, Object> row = new HashMap<>(PEOPLE.get(1));
    Object age = row.put("age", "");
    Map<String, Object> filled = model.impute(row);
    assertThat(Math.abs(Integer.parseInt((String) filled.get("age")) - (int) age)).isLessThan(15);
    row.remove("age");
    filled.remove("age");
    assertThat(filled).isEqualTo(row);
  }

  @Test
  void aFilledNumberIsNotBeyondAllOfTraining() {
    List<Map<String, Double>> rows =
        IntStream.range(0, 300)
            .mapToObj(i -> Map.of("year", i + 0.5, "films sold", Math.max(0, 10.0 * (i - 100))))
            .toList();
    TableModel sales = TableModel.builder().updates(100).fit(rows);
    assertThat(sales.impute(Map.of("year", -900))).containsEntry("films sold", "0");
    assertThat(sales.impute(Map.of("year", 1200))).containsEntry("films sold", "1990");
    assertThat(sales.score(Map.of("year", -900, "films sold", 5)).reasons(2))
        .anyMatch(reason -> "0".equals(reason.expected()));
  }

  @Test
  void columnsAreFoundByName() throws IOException {
    Path seen =
        Workers.csv(
            folder.resolve("seen.csv"), PEOPLE, List.of("age", "salary", "job", "member", "unit"));
    Path reversed =
        Workers.csv(
            folder.resolve("reversed.csv"),
            PEOPLE,
            List.of("unit", "member", "job", "salary", "age"));
    assertThat(values(model.score(Table.read(reversed))))
        .isEqualTo(values(model.score(Table.read(seen))));
    Path renamed = Files.writeString(folder.resolve("renamed.csv"), "Age,salary,job\n1,2,3\n");
    assertThatThrownBy(() -> model.on(Table.read(renamed)))
        .isInstanceOf(TableException.class)
        .hasMessage(
            renamed + ": must have the columns [age]; the model does not know its columns [Age]");
    assertThatThrownBy(() -> model.score(Map.of("Age", 45)))
        .hasMessageStartingWith(
            "row has a column 'Age', which the model does not know; it knows [");
  }

  private static List<Double> values(List<RowScore> scores) {
    return scores.stream().map(RowScore::value).toList();
  }

  @Test
  void theLabelIsToldAndNeverAnInput() {
    assertThat(model.table().schema().columns())
        .extracting(Column::name)
        .containsExactly("age", "salary", "job");
    int right = 0;
    for (Map<String, Object> row : Workers.rows(200, 4)) {
      Object label = row.get("member");
      TableModel.Prediction prediction = model.predict(row);
      right += prediction.label().equals(label) ? 1 : 0;
      assertThat(prediction.probabilities().values().stream().mapToDouble(p -> p).sum())
          .isCloseTo(1, org.assertj.core.api.Assertions.within(1e-5));
      assertThat(prediction.probability()).isGreaterThanOrEqualTo(0.5);
    }
    assertThat(right).isGreaterThan(150);
    TableModel ofSalary =
        TableModel.builder().updates(300).withoutDetector().label("salary").fit(PEOPLE);
    double error = 0;
    for (Map<String, Object> row : Workers.rows(200, 4)) {
      error +=
          Math.abs(
                  Double.parseDouble(ofSalary.predict(row).label())
                      - ((Number) row.get("salary")).doubleValue())
              / 200;
    }
    assertThat(error).isLessThan(6000);
    assertThatThrownBy(() -> ofSalary.score(PEOPLE.get(0)))
        .hasMessage("the model was trained without a detector");
    TableModel without = TableModel.builder().updates(10).withoutDetector().fit(PEOPLE);
    assertThatThrownBy(() -> without.predict(PEOPLE.get(0)))
        .hasMessage("the model has no label; train it with one to predict");
  }

  @Test
  void theFileIsTheSameModelToTheBit() throws IOException {
    Path file = folder.resolve("model.zip");
    model.save(file);
    TableModel read = TableModel.load(file);
    for (Map<String, Object> row : Workers.rows(50, 5)) {
      assertThat(read.score(row).value()).isEqualTo(model.score(row).value());
      assertThat(read.score(row).reasons(5)).isEqualTo(model.score(row).reasons(5));
      assertThat(read.encode(row)).isEqualTo(model.encode(row));
      assertThat(read.impute(Map.of())).isEqualTo(model.impute(Map.of()));
      assertThat(read.reconstruct(row)).isEqualTo(model.reconstruct(row));
      assertThat(read.predict(row)).isEqualTo(model.predict(row));
    }
    assertThat(read.threshold()).isEqualTo(model.threshold());
    assertThat(read.columns()).isEqualTo(model.columns());
    assertThat(read.label()).contains("member");
    Path again = folder.resolve("again.zip");
    read.save(again);
    assertThat(again).hasSameBinaryContentAs(file);
  }

  /** Saved when there were no models of stacks, beside what it gave then. */
  @Test
  void aFileOfVersion1GivesWhatItGave() throws Exception {
    Path earlier = Path.of(TableModelTest.class.getResource("model-version-1").toURI());
    TableModel read = TableModel.load(earlier.resolve("member.zip"));
    List<String> lines = Files.readAllLines(earlier.resolve("member.txt"));
    assertThat(read.threshold()).isCloseTo(Double.parseDouble(lines.get(0)), within(1e-5));
    List<Map<String, Object>> rows = Workers.rows(10, 7);
    for (int row = 0; row < rows.size(); row++) {
      String[] was = lines.get(row + 1).split(" ");
      Map<String, Object> holed = new LinkedHashMap<>(rows.get(row));
      holed.remove("job");
      assertThat(read.score(rows.get(row)).value())
          .isCloseTo(Double.parseDouble(was[0]), within(1e-5));
      assertThat(read.predict(holed).probabilities().get("yes"))
          .isCloseTo(Double.parseDouble(was[1]), within(1e-6));
      assertThat(read.encode(holed)[0]).isCloseTo(Float.parseFloat(was[2]), within(1e-5f));
      assertThat(read.impute(holed)).containsEntry("job", was[3]);
      assertThat(read.reconstruct(rows.get(row))).containsEntry("salary", was[4]);
    }
  }

  @Test
  void spreadLabelsAreInTheFile() throws IOException {
    List<Map<String, Object>> few = new ArrayList<>();
    for (int row = 0; row < 200; row++) {
      Map<String, Object> person = new LinkedHashMap<>(PEOPLE.get(row));
      few.add(person);
      if (row >= 20) {
        person.put("member", "");
      }
    }
    TableModel told = TableModel.builder().updates(50).withoutDetector().label("member").fit(few);
    assertThat(((FittedNetworks) told.networks()).head().told().spreading()).isNotNull();
    assertThat(((FittedNetworks) model.networks()).head().told().spreading()).isNull();
    Path file = folder.resolve("few.zip");
    told.save(file);
    TableModel read = TableModel.load(file);
    for (Map<String, Object> row : PEOPLE) {
      assertThat(read.predict(row)).isEqualTo(told.predict(row));
    }
  }

  @Test
  void itsNetworkIsAStackLikeAnyOther() throws IOException {
    Path file = folder.resolve("stack.zip");
    model.save(file);
    StackedDenoisingAutoEncoder stack = StackedDenoisingAutoEncoder.load(file);
    List<String> row = Arrays.asList("45", "30000", "smith");
    INDArray features = model.table().features(List.of(row));
    float[] code = model.encode(Map.of("age", 45, "salary", 30000, "job", "smith"));
    assertThat(stack.encode(features).toFloatVector())
        .usingComparatorWithPrecision(1e-4f)
        .containsExactly(code);
    assertThat(
            Nd4j.createFromArray(code).castTo(org.nd4j.linalg.api.buffer.DataType.FLOAT).length())
        .isEqualTo(model.codeLength());
  }

  @Test
  void whoeverChangesItsStackDoesNotChangeTheModel() throws IOException {
    requireOwnStack(model, folder);
    Path file = folder.resolve("unchanged.zip");
    model.save(file);
    requireOwnStack(TableModel.load(file), folder);
  }

  /** What changes its stack, which is the same each time, changes neither results nor file. */
  static void requireOwnStack(TableModel model, Path folder) throws IOException {
    Path before = folder.resolve("before.zip");
    model.save(before);
    Map<String, Object> row = PEOPLE.get(0);
    String was = everything(model, row);
    INDArray params = model.stack().network().params();
    assertThat(model.stack().network().params().toFloatVector()).isEqualTo(params.toFloatVector());
    params.assign(0.5);
    Path after = folder.resolve("after.zip");
    model.save(after);
    assertThat(after).hasSameBinaryContentAs(before);
    assertThat(everything(model, row)).isEqualTo(was);
    assertThat(everything(model.withContamination(0.3), row)).isEqualTo(was);
    assertThat(everything(TableModel.load(after), row)).isEqualTo(was);
  }

  @Test
  void anotherFileIsRefused() throws IOException {
    Path file = folder.resolve("other.zip");
    model.stack().save(file, false);
    assertThatThrownBy(() -> TableModel.load(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("other.zip");
  }

  @Test
  void manyThreadsGetTheSameBits() throws Exception {
    List<Map<String, Object>> rows = Workers.rows(300, 6);
    List<String> alone = rows.stream().map(row -> everything(model, row)).toList();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<List<String>>> results = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        List<Map<String, Object>> own = new ArrayList<>(rows);
        Collections.rotate(own, 70 * thread);
        int rotated = 70 * thread;
        results.add(
            threads.submit(
                () -> {
                  List<String> all =
                      new ArrayList<>(own.stream().map(each -> everything(model, each)).toList());
                  Collections.rotate(all, -rotated);
                  return all;
                }));
      }
      for (Future<List<String>> result : results) {
        assertThat(result.get()).isEqualTo(alone);
      }
    } finally {
      threads.shutdown();
    }
  }

  private static String everything(TableModel model, Map<String, Object> row) {
    return model.score(row).value() + Arrays.toString(model.encode(row)) + model.predict(row);
  }

  @Test
  void theSameSeedIsTheSameModel() {
    TableModel first = TableModel.builder().updates(20).seed(7).fit(PEOPLE);
    TableModel second = TableModel.builder().updates(20).seed(7).fit(PEOPLE);
    TableModel third = TableModel.builder().updates(20).seed(8).fit(PEOPLE);
    double score = first.score(PEOPLE.get(5)).value();
    assertThat(second.score(PEOPLE.get(5)).value()).isEqualTo(score);
    assertThat(third.score(PEOPLE.get(5)).value()).isNotEqualTo(score);
  }

  @Test
  void whatCannotBeLearntIsRefused() {
    Path kept = folder.resolve("of-few-rows");
    assertThatThrownBy(
            () -> TableModel.builder().checkpoints(kept).fit(Table.of(PEOPLE.subList(0, 6))))
        .isInstanceOf(TableException.class)
        .hasMessage("rows: a model needs at least 8 rows, got 6");
    assertThat(kept).doesNotExist();
    assertThatThrownBy(
            () -> TableModel.builder().label("member").column("member", "date").fit(PEOPLE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "TableModel column member must be number or category, as it is the label, got date");
    assertThatThrownBy(() -> TableModel.builder().label("wage").fit(PEOPLE))
        .hasMessageStartingWith("rows: has no column 'wage'");
    assertThatThrownBy(() -> TableModel.builder().corruption(1))
        .hasMessage("TableModel corruption must be in [0, 1), got 1.0");
    assertThatThrownBy(() -> TableModel.builder().contamination(0.6))
        .hasMessage("TableModel contamination must be in (0, 0.5], got 0.6");
    assertThatThrownBy(() -> TableModel.builder().units(0))
        .hasMessage("TableModel units must be at least 1, got 0");
    assertThatThrownBy(() -> TableModel.builder().updates(0))
        .hasMessage("TableModel updates must be at least 1, got 0");
  }

  /** As of builds whose models had other parts. */
  @Test
  void aModelOfAnotherBuildIsSaidToBeOne(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("model.zip");
    ModelArrays.Reader whole = new ModelArrays.Reader(TableModelFile.bytes(model));
    String json = new String(whole.json(), StandardCharsets.UTF_8);
    for (String[] change :
        List.of(
            new String[] {
              "\"contamination\"",
              "\"older\" : 1, \"contamination\"",
              "has 'older', which this version of dae4j does not write"
            },
            new String[] {
              "\"filling\" : \\{[^}]*\\},", "", "lacks what this version of dae4j writes"
            })) {
      byte[] changed = json.replaceFirst(change[0], change[1]).getBytes(StandardCharsets.UTF_8);
      TableModelFile.write(file, model.stack(), new ModelArrays.Writer().bytes(changed));
      assertThatThrownBy(() -> TableModel.load(file))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "Cannot load %s: expected a model that TableModel has saved, but it %s: another build"
                  + " saved it; train the model again",
              file, change[2]);
    }
  }

  /** Words that follow from a number: rounding leaves 0 on one side and nearly 0 on the other. */
  @Test
  void columnsThatFollowFromEachOtherAreLearnt() {
    Table table =
        Table.of(
            List.of("a", "b"),
            IntStream.range(0, 27)
                .mapToObj(row -> List.of(1 + row % 3 + "", List.of("x", "y", "z").get(row % 3)))
                .toList());
    TableModel learnt = TableModel.builder().updates(20).units(4).fit(table);
    assertThat(learnt.impute(Map.of("a", "2")).keySet()).containsExactlyInAnyOrder("a", "b");
    assertThat(learnt.impute(Map.of("b", "z")).keySet()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void theLabelIsTheLastOneSaidAndNoInput() {
    TableModel of =
        TableModel.builder().updates(5).label("job").column("member", "label").fit(PEOPLE);
    assertThat(of.label()).contains("member");
    assertThat(of.table().schema().columns()).extracting(Column::name).contains("job");
    assertThat(of.table().schema().columns()).extracting(Column::name).doesNotContain("member");
  }

  /** A CSV file of Python has True and 1.0, a query of the same data true and 1. */
  @Test
  void wordsAreFoundHoweverAnotherProgramWritesThem() {
    List<List<String>> rows =
        IntStream.range(0, 90)
            .mapToObj(
                row ->
                    List.of(
                        row % 3 + 1 + ".0", row % 3 == 0 ? "True" : "False", "1.500", "" + row % 7))
            .toList();
    TableModel learnt =
        TableModel.builder()
            .updates(50)
            .column("grade", "category")
            .fit(Table.of(List.of("grade", "passed", "unit", "age"), rows));
    RowScore same =
        learnt.score(Map.of("grade", "2.0", "passed", "False", "unit", "1.500", "age", 3));
    assertThat(same.isAnomaly()).isFalse();
    RowScore other = learnt.score(Map.of("grade", 2, "passed", false, "unit", 1.5, "age", 3));
    assertThat(other.value()).isEqualTo(same.value());
    assertThat(learnt.score(Map.of("grade", 4, "passed", false, "unit", 1.5, "age", 3)).isAnomaly())
        .isTrue();
    assertThat(
            learnt.score(Map.of("grade", 2, "passed", false, "unit", 1500, "age", 3)).isAnomaly())
        .isTrue();
  }

  @Test
  void howMuchIsFlaggedChangesNoCodeAndNoPrediction() {
    TableModel more = model.withContamination(0.5);
    for (Map<String, Object> row : List.of(PEOPLE.get(0), with("job", "astronaut"))) {
      assertThat(more.encode(row)).containsExactly(model.encode(row));
      assertThat(more.predict(row)).isEqualTo(model.predict(row));
    }
  }

  /** From which scores and probabilities would be NaN. */
  @Test
  void settingsBeyondReasonAreRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("model.zip");
    ByteBuffer whole = ByteBuffer.wrap(TableModelFile.bytes(model));
    byte[] json = new byte[whole.getInt(Long.BYTES)];
    int from = Long.BYTES + Integer.BYTES;
    whole.get(from, json);
    for (String[] change :
        List.of(
            new String[] {
              "\"shares\" : \\[[^]]*]", "\"shares\" : [0]", "must be positive, got 0.0"
            },
            new String[] {"\"shares\" : \\[[^]]*]", "\"shares\" : []", "its label has no network"},
            new String[] {
              "\"scores\" : \\[[^]]*]", "\"scores\" : []", "it has no scores of training rows"
            })) {
      byte[] changed =
          new String(json, StandardCharsets.UTF_8)
              .replaceFirst(change[0], change[1])
              .getBytes(StandardCharsets.UTF_8);
      assertThat(changed).isNotEqualTo(json);
      ByteBuffer bytes = ByteBuffer.allocate(whole.capacity() - json.length + changed.length);
      bytes.put(whole.slice(0, Long.BYTES)).putInt(changed.length).put(changed);
      bytes.put(whole.slice(from + json.length, whole.capacity() - from - json.length));
      TableModelFile.write(file, model.stack(), bytes.array());
      assertThatThrownBy(() -> TableModel.load(file))
          .isInstanceOf(IOException.class)
          .hasMessageEndingWith(change[2]);
    }
  }

  /** Numbers of a damaged file, from which scores would be NaN or no cell could be filled. */
  @Test
  void arraysBeyondReasonAreRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("model.zip");
    ByteBuffer arrays = ByteBuffer.wrap(TableModelFile.bytes(model));
    int json = arrays.getInt(Long.BYTES);
    int mean = Long.BYTES + Integer.BYTES + json;
    int features = arrays.getInt(mean + Integer.BYTES);
    int precision = mean + (2 + features) * Integer.BYTES;
    assertThat(arrays.getInt(precision)).isEqualTo(features);
    for (Object[] change :
        List.of(
            new Object[] {
              mean + 8, 1e30f, "its arrays must hold finite numbers up to 1.0E9, got 1.0E30"
            },
            new Object[] {
              mean + 8, Float.NaN, "its arrays must hold finite numbers up to 1.0E9, got NaN"
            },
            new Object[] {precision + 8, -1f, "its precision must be positive definite"},
            new Object[] {precision + 12, 1e8f, "its precision must be positive definite"})) {
      byte[] changed = TableModelFile.bytes(model);
      ByteBuffer.wrap(changed).putFloat((int) change[0], (float) change[1]);
      TableModelFile.write(file, model.stack(), changed);
      assertThatThrownBy(() -> TableModel.load(file))
          .isInstanceOf(IOException.class)
          .hasMessageEndingWith((String) change[2]);
    }
  }

  /** Of what cannot be computed, or would take more memory than there is. */
  @Test
  void numbersAndNetworksThatAreTooLargeAreRefusedBeforeAnythingIsKept(@TempDir Path folder) {
    Table far = numbers(row -> (row % 3 == 0 ? "1.7" : "-1.1" + row) + "e308", row -> "" + row);
    Path kept = folder.resolve("kept");
    assertThatThrownBy(() -> TableModel.builder().checkpoints(kept).fit(far))
        .isInstanceOf(TableException.class)
        .hasMessageStartingWith("rows: column 'a' has numbers too large to learn from: ");
    assertThatThrownBy(
            () ->
                TableModel.builder()
                    .label("a")
                    .column("b", "number")
                    .fit(numbers(row -> "-1e" + (285 + row % 23), row -> "" + row)))
        .isInstanceOf(TableException.class)
        .hasMessageStartingWith("rows: column 'a' has numbers too large to learn from: ");
    Table usual = numbers(row -> "" + row % 7, row -> "" + row % 9);
    assertThatThrownBy(() -> TableModel.builder().units(50_000_000).checkpoints(kept).fit(usual))
        .isInstanceOf(TableException.class)
        .hasMessage(
            "rows: its columns have 2 features; with 50000000 units that makes 200000000 weights,"
                + " which train in 3.2 GB, and more than 134217728 are refused: leave columns out,"
                + " hash texts to fewer features, or take fewer units");
    assertThat(kept).doesNotExist();
  }

  private static Table numbers(IntFunction<String> a, IntFunction<String> b) {
    return Table.of(
        List.of("a", "b"),
        IntStream.range(0, 60).mapToObj(row -> List.of(a.apply(row), b.apply(row))).toList());
  }

  /** Up to 20 different numbers are classes, more a number, unless the user says which. */
  @ParameterizedTest
  @CsvSource({
    "16,      ,          false, 'one of 16 classes, as numbers are up to 20; ''number'' makes it one'",
    "16,      number,    true,  'a number, as asked for'",
    "16,      category,  false, 'one of 16 classes, as asked for'",
    "21,      ,          true,  'a number, of more than 20 different ones; ''category'' makes them classes'",
    "21,      Category,  false, 'one of 21 classes, as asked for'",
    "21,      whole number, true, 'a number, as asked for'",
    "2,       number,    true,  'a number, as asked for'",
    "2,       binary,    false, 'one of 2 classes, as asked for'"
  })
  void aLabelIsANumberOrClasses(int different, String type, boolean isNumber, String reason) {
    Table table = numbers(row -> "" + row % different, row -> "" + row % 7);
    TableModel.Builder builder =
        TableModel.builder().withoutDetector().label("a").updates(1).units(4);
    TableModel told = (type == null ? builder : builder.column("a", type)).fit(table);
    assertThat(told.columns().get(0).type()).isEqualTo(TableProfile.ColumnType.LABEL);
    assertThat(told.columns().get(0).reason()).isEqualTo(reason);
    assertThat(told.predict(Map.of("b", 3)).probabilities().keySet())
        .containsExactly(
            IntStream.range(0, isNumber ? 0 : different)
                .mapToObj(Integer::toString)
                .toArray(String[]::new));
  }

  @Test
  void wordsOfALabelThatIsANumberAreUnknown() {
    Table table = numbers(row -> row % 9 == 0 ? "many" : "" + row % 4, row -> "" + row % 4);
    TableModel.Builder builder = TableModel.builder().withoutDetector().label("a").updates(100);
    assertThat(builder.column("a", "number").fit(table).predict(Map.of("b", 3)).probability())
        .isNaN();
    assertThat(builder.column("a", "category").fit(table).predict(Map.of("b", 3)).probabilities())
        .containsOnlyKeys("0", "1", "2", "3", "many");
    Table words = numbers(row -> row % 2 == 0 ? "many" : "few", row -> "" + row % 4);
    assertThatThrownBy(() -> builder.column("a", "number").fit(words))
        .isInstanceOf(TableException.class)
        .hasMessage("column 'a' cannot be 'number': no cell is a number");
  }

  @Test
  void aLabelOfOneValueIsRefusedBeforeAnythingIsKept(@TempDir Path folder) {
    Path kept = folder.resolve("kept");
    assertThatThrownBy(() -> TableModel.builder().checkpoints(kept).label("unit").fit(PEOPLE))
        .hasMessage("rows: label 'unit' needs at least two different values, got [EUR]");
    assertThat(kept).doesNotExist();
  }

  @Test
  void aWildValueInTrainingSpoilsNothing() {
    List<Map<String, Object>> rows = new ArrayList<>(PEOPLE);
    rows.set(17, with("salary", 1e30));
    TableModel spoilt = TableModel.builder().updates(150).fit(rows);
    Scale scale = spoilt.table().scales().get("salary");
    assertThat(scale.standardDeviation()).isLessThan(40_000);
    assertThat(spoilt.score(with("salary", 90_000_000)).value())
        .isGreaterThan(3 * spoilt.score(PEOPLE.get(3)).value());
    assertThat(
            IntStream.range(0, 300)
                .boxed()
                .max(java.util.Comparator.comparingDouble(i -> spoilt.score(rows.get(i)).value())))
        .contains(17);
  }

  @Test
  void smallNumbersAreFilledAndTold() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      int k = 1 + i * 17 % 40;
      rows.add(Map.of("farad", k * 1e-10, "grams", k * 1e-5, "k", k + i % 3, "pico", k * 1.25e-14));
    }
    TableModel small = TableModel.builder().updates(150).withoutDetector().label("farad").fit(rows);
    Map<String, Object> filled = small.impute(Map.of("k", 31));
    assertThat(Double.parseDouble(filled.get("grams").toString())).isBetween(1e-4, 4e-4);
    assertThat(Double.parseDouble(filled.get("pico").toString())).isBetween(1.25e-13, 5e-13);
    assertThat(Double.parseDouble(small.reconstruct(Map.of("k", 31)).get("pico"))).isPositive();
    assertThat(Double.parseDouble(small.predict(Map.of("k", 31)).label())).isBetween(1e-9, 4e-9);
  }

  /** Of a division by 0. */
  @Test
  void infinityInTrainingSpoilsNothing() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Map<String, Object> row = new LinkedHashMap<>(PEOPLE.get(i));
      row.put("age", i % 9 == 0 ? Double.POSITIVE_INFINITY : row.get("age"));
      rows.add(row);
    }
    TableModel spoilt = TableModel.builder().updates(150).fit(rows);
    assertThat(spoilt.table().schema().columns().get(0)).isEqualTo(new NumericColumn("age", 0));
    assertThat(spoilt.table().scales().get("age").mean()).isBetween(38.0, 48.0);
    assertThat(IntStream.range(0, 300).mapToDouble(i -> spoilt.score(rows.get(i)).value()))
        .allMatch(Double::isFinite);
    rows.get(0).put("salary", Double.NEGATIVE_INFINITY);
    assertThatThrownBy(() -> TableModel.builder().label("salary").fit(rows))
        .isInstanceOf(TableException.class)
        .hasMessageStartingWith("rows: column 'salary' has numbers too large to learn from: ");
    TableColumns columns = TableModel.builder().label("salary").columns(Table.of(PEOPLE));
    assertThat(columns.label(rows.get(0))).isNaN();
  }

  @Test
  void textIsReadAsItIsWritten() throws IOException {
    byte[] csv = "name;größe\nA;1,5\nB;2,5\n".getBytes(StandardCharsets.UTF_8);
    assertThat(Table.read(Files.write(folder.resolve("n.csv"), csv)).decimal()).isEqualTo(',');
  }
}
