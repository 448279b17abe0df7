package io.github.dae4j.stacked.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.stacked.run.CheckpointException;
import io.github.dae4j.stacked.run.TrainingStoppedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.factory.Nd4j;

/** A training that stops and goes on. */
class TableTrainingTest {

  @TempDir private Path folder;

  private static List<List<String>> rows(int count) {
    Random random = new Random(7);
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int age = 20 + random.nextInt(40);
      String kind = i % 9 == 0 ? "" : age > 40 ? "old" : "young";
      rows.add(List.of(age + ".0", "" + 3 * age + random.nextInt(9), "c" + i % 3, kind));
    }
    return rows;
  }

  private static Table table(List<List<String>> rows) {
    return Table.of(List.of("age", "income", "city", "kind"), rows);
  }

  private static TableModel.Builder builder() {
    return TableModel.builder().label("kind").updates(20).units(8);
  }

  /** Stops at a minibatch of a network. */
  private record Stop(int network, int minibatch, List<TableModel.TrainingStep> steps)
      implements TableModel.Progress {

    @Override
    public void update(TableModel.TrainingStep step) {
      steps.add(step);
    }

    @Override
    public boolean isStopped() {
      return !steps.isEmpty()
          && steps.get(steps.size() - 1).number() == network
          && steps.get(steps.size() - 1).minibatch() >= minibatch;
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 0", "5, 20, 4", "7, 2, 6", "11, 2, 10"})
  void whatWasStoppedComesToTheSameBits(int network, int minibatch, int kept) throws IOException {
    Table table = table(rows(40));
    Path whole = folder.resolve("whole.zip");
    builder().fit(table).save(whole);
    Path checkpoints = folder.resolve("checkpoints");
    Stop stop = new Stop(network, minibatch, new ArrayList<>());
    assertThatThrownBy(() -> builder().checkpoints(checkpoints).progress(stop).fit(table))
        .isInstanceOf(TrainingStoppedException.class)
        .hasMessage("training was stopped; its checkpoint holds: %d of 12 networks", kept);
    List<TableModel.TrainingStep> steps = new ArrayList<>();
    Path resumed = folder.resolve("resumed.zip");
    builder().checkpoints(checkpoints).progress(steps::add).fit(table).save(resumed);
    assertThat(steps.get(0).number()).isEqualTo(kept + 1);
    assertThat(steps).allMatch(step -> step.networks() == 12 && Double.isFinite(step.loss()));
    assertThat(steps.get(steps.size() - 1).minibatch()).isEqualTo(20);
    assertThat(steps).extracting(TableModel.TrainingStep::share).isSorted().last().isEqualTo(1.0);
    assertThat(Files.readAllBytes(resumed)).isEqualTo(Files.readAllBytes(whole));
  }

  /** DL4J seeds it where networks are built; what the caller draws does not come from that. */
  @Test
  void theGeneratorOfTheCallerIsAsItWas() {
    Table table = table(rows(40));
    Stop stop = new Stop(3, 1, new ArrayList<>());
    List<Runnable> trainings =
        List.of(
            () -> builder().fit(table),
            () ->
                assertThatThrownBy(() -> builder().progress(stop).fit(table))
                    .isInstanceOf(TrainingStoppedException.class));
    for (Runnable training : trainings) {
      for (int seed : new int[] {1, 2}) {
        Nd4j.getRandom().setSeed(seed);
        training.run();
        float[] after = Nd4j.rand(3).toFloatVector();
        Nd4j.getRandom().setSeed(seed);
        assertThat(after).containsExactly(Nd4j.rand(3).toFloatVector());
      }
    }
  }

  /** Reasons are stored in the model and digested: digits of the locale would change both. */
  @Test
  void aLocaleWithDigitsOfItsOwnChangesNothing() throws IOException {
    Path csv = folder.resolve("things.csv");
    StringBuilder text = new StringBuilder("id;none;same;flag;size;odd;day;kind;note;'q';name\n");
    for (int i = 0; i < 200; i++) {
      text.append(
          "%s;;x;%s;%s,5;%s;%s;%s;%s;'a%s';%s\n"
              .formatted(
                  i + 1,
                  i % 2 == 0 ? "no" : "yes",
                  i % 37,
                  i == 7 ? "many" : "" + i % 50,
                  i == 9 ? "soon" : "2024-0" + (1 + i % 9) + "-1" + i % 9,
                  i < 190 ? "kind" + i % 3 : "rare" + i,
                  i < 199 ? "words" + i : "words",
                  i % 7,
                  "name" + i));
    }
    Files.writeString(csv, text);
    Locale before = Locale.getDefault();
    List<String> said = new ArrayList<>();
    Path checkpoints = folder.resolve("checkpoints");
    try {
      for (Locale locale : List.of(Locale.ENGLISH, Locale.forLanguageTag("ar-EG"))) {
        Locale.setDefault(locale);
        Table table = Table.read(csv);
        TableProfile profile = TableProfile.of(table, Map.of("name", "text 32"));
        RowScore score = new RowScore(1234.5, 2, new double[0], Stream::empty, reason -> true);
        said.add("%s%n%s%n%s".formatted(profile.columns(), table.dialect(), score));
        Stop stop = new Stop(said.size(), 1, new ArrayList<>());
        assertThatThrownBy(
                () ->
                    TableModel.builder()
                        .column("name", "text 32")
                        .updates(2)
                        .units(4)
                        .checkpoints(checkpoints)
                        .progress(stop)
                        .fit(table))
            .isInstanceOf(TrainingStoppedException.class);
      }
    } finally {
      Locale.setDefault(before);
    }
    assertThat(said.get(1)).isEqualTo(said.get(0));
  }

  /** Rows without a number teach no third network, as those without a class do. */
  @ParameterizedTest
  @CsvSource({"kind, 8", "number, 7"})
  void theNetworksThatAreToldOfAreTrained(String label, int networks) {
    List<List<String>> rows = new ArrayList<>();
    rows(60)
        .forEach(
            row ->
                rows.add(
                    List.of(
                        row.get(0),
                        row.get(2),
                        row.get(3),
                        row.get(3).isEmpty() ? "" : row.get(1) + "." + rows.size())));
    List<TableModel.TrainingStep> steps = new ArrayList<>();
    TableModel.builder()
        .withoutDetector()
        .label(label)
        .updates(2)
        .units(4)
        .progress(steps::add)
        .fit(Table.of(List.of("age", "city", "kind", "number"), rows));
    TableModel.TrainingStep last = steps.get(steps.size() - 1);
    assertThat(List.of(last.number(), last.networks())).containsExactly(networks, networks);
  }

  @Test
  void aDamagedFolderOfNetworksIsToldInOneLine() throws IOException {
    Path checkpoints = Files.createDirectory(folder.resolve("damaged"));
    Files.writeString(checkpoints.resolve("table.json"), "{");
    assertThatThrownBy(() -> builder().checkpoints(checkpoints).fit(table(rows(40))))
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith("cannot use " + checkpoints + " for a run: table.json: ")
        .message()
        .doesNotContain("\n", "jackson");
  }

  @Test
  void whatHasChangedIsNamed() {
    Path checkpoints = folder.resolve("checkpoints");
    builder().withoutDetector().checkpoints(checkpoints).fit(table(rows(40)));
    assertRefused(
        () -> builder().withoutDetector().checkpoints(checkpoints).fit(table(rows(41))),
        "rows: 41, was 40");
    List<List<String>> other = new ArrayList<>(rows(40));
    List<String> changed = new ArrayList<>(other.get(5));
    changed.set(2, changed.get(2).equals("c1") ? "c2" : "c1");
    other.set(5, changed);
    assertRefused(
        () -> builder().withoutDetector().checkpoints(checkpoints).fit(table(other)),
        "for rows has changed: column 'city' has other cells");
    assertRefused(
        () -> builder().withoutDetector().seed(2).checkpoints(checkpoints).fit(table(rows(40))),
        "seed 2, was ");
  }

  /** The same cells under the same names, whose features are others' from the first on. */
  @Test
  void theOrderOfColumnsMayNotChange() throws IOException {
    Path checkpoints = folder.resolve("checkpoints");
    TableModel.Builder builder = builder().withoutDetector().checkpoints(checkpoints);
    builder.fit(table(rows(40))).save(folder.resolve("first.zip"));
    List<List<String>> moved =
        rows(40).stream().map(r -> List.of(r.get(2), r.get(0), r.get(3), r.get(1))).toList();
    Table other = Table.of(List.of("city", "age", "kind", "income"), moved);
    assertRefused(
        () -> builder.fit(other), "order of columns: [city, age, income], was [age, income, city]");
    List<List<String>> labelFirst =
        rows(40).stream().map(r -> List.of(r.get(3), r.get(0), r.get(1), r.get(2))).toList();
    builder.fit(Table.of(List.of("kind", "age", "income", "city"), labelFirst)); // the same inputs

    Path facts = checkpoints.resolve("table.json");
    String json = Files.readString(facts);
    Files.writeString(facts, json.replaceAll("\"inputs\"\\s*:\\s*\\[[^\\]]*\\],?", ""));
    assertThat(Files.readString(facts)).isNotEqualTo(json).doesNotContain("inputs");
    builder.fit(table(rows(40))).save(folder.resolve("old.zip")); // earlier versions wrote no order
    assertThat(Files.readAllBytes(folder.resolve("old.zip")))
        .isEqualTo(Files.readAllBytes(folder.resolve("first.zip")));
  }

  private static void assertRefused(Runnable training, String message) {
    assertThatThrownBy(training::run)
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aDamagedCheckpointIsTrainedAgain() throws IOException {
    Path checkpoints = folder.resolve("checkpoints");
    TableModel.Builder builder = builder().checkpoints(checkpoints);
    builder.fit(table(rows(40))).save(folder.resolve("first.zip"));
    for (String file : List.of("detector-2.bin", "codes.bin", "label-1.bin")) {
      byte[] bytes = Files.readAllBytes(checkpoints.resolve(file));
      bytes[bytes.length / 2] ^= 1;
      Files.write(checkpoints.resolve(file), bytes);
    }
    builder.fit(table(rows(40))).save(folder.resolve("second.zip"));
    assertThat(Files.readAllBytes(folder.resolve("second.zip")))
        .isEqualTo(Files.readAllBytes(folder.resolve("first.zip")));
  }

  @Test
  void numbersAreFilledAsTheirColumnWritesThem() {
    TableModel model = builder().withoutDetector().fit(table(rows(40)));
    assertThat(model.impute(java.util.Map.of("city", "c1")).get("age").toString())
        .matches("\\d+\\.0");
    assertThat(model.impute(java.util.Map.of("city", "c1")).get("income").toString())
        .matches("\\d+");
  }
}
