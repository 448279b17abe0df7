package io.github.dae4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.stacked.table.TableModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What spark-submit runs: the configuration of a table, trained on a cluster. */
@EnabledIf("io.github.dae4j.spark.Clusters#runOnThisJava")
class SparkTrainTest {

  @TempDir Path folder;

  private Path table;

  @BeforeEach
  void start() throws IOException {
    System.setProperty("spark.master", "local[2]"); // as spark-submit does
    System.setProperty("spark.ui.enabled", "false");
    System.setProperty("spark.sql.shuffle.partitions", "2");
    Random random = new Random(1);
    StringBuilder csv = new StringBuilder("name,size,weight,kind\n");
    for (int i = 0; i < 200; i++) {
      boolean big = random.nextBoolean();
      csv.append(
          "n%d,%s,%d,%s%n"
              .formatted(
                  i,
                  i % 9 == 0 ? "?" : big ? "L" : "S",
                  (big ? 90 : 30) + random.nextInt(9),
                  big ? "a" : "b"));
    }
    table = Files.writeString(folder.resolve("things.csv"), csv);
  }

  @AfterEach
  void stop() {
    System.clearProperty("spark.master");
    System.clearProperty("spark.ui.enabled");
    System.clearProperty("spark.sql.shuffle.partitions");
  }

  private String configuration(String... more) throws IOException {
    String yaml =
        """
        seed: 3
        data: {table: %s, label: kind, missing: ["?"], columns: {name: skip}}
        model: {units: [12, 4], contamination: 0.02}
        spark: {epochs: 2, partitions: 2, fineTuningEpochs: 3}
        """
            .formatted(table);
    return Files.writeString(folder.resolve("things.yaml"), yaml + String.join("\n", more))
        .toString();
  }

  private String run(int code, String... arguments) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    assertThat(SparkTrain.run(arguments, new PrintStream(said, true, StandardCharsets.UTF_8)))
        .as(said::toString)
        .isEqualTo(code);
    return said.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aTableIsTrainedAndServesOnOneMachine() throws IOException {
    Path output = folder.resolve("model");
    String said =
        run(0, configuration(), "-o", output.toString(), "--set", "spark.learningRate=0.02");
    assertThat(said)
        .contains("layer 1, epoch 1: loss ", "layer 2, epoch 2: loss ", "fine-tuning, epoch 3")
        .contains("the model is in " + output);
    TableModel model = TableModel.load(output.resolve("model.zip"));
    assertThat(model.score(Map.of("size", "L", "weight", 93)).value()).isPositive();
    assertThat(model.predict(Map.of("size", "L", "weight", 93)).probabilities())
        .containsOnlyKeys("a", "b");
  }

  /** As 'dae4j inspect --yaml' prints it of a file with tabs. */
  @Test
  void theConfigurationThatInspectPrintsIsTaken() throws IOException {
    Path tabs = folder.resolve("things.tab.csv");
    Files.writeString(tabs, Files.readString(table).replace(',', '\t'));
    Path yaml =
        Files.writeString(
            folder.resolve("inspected.yaml"),
            """
            seed: 1
            data:
              table: "%s"
              separator: "tab"
              decimal: "."
              header: true
              encoding: UTF-8
              missing: ["", "?"]
              columns:
                "name": identifier  # 200 words, all different
                "size": binary
                "weight": whole number
                "kind": SKIP
            model:
              units: auto
              corruption: auto
              updates: auto
              contamination: 0.01
              detector: true
            spark: {epochs: 1, layers: [4]}
            """
                .formatted(tabs));
    Path output = folder.resolve("inspected");
    run(0, yaml.toString(), "-o", output.toString());
    assertThat(TableModel.load(output.resolve("model.zip")).columns())
        .extracting(column -> column.name() + " " + column.input().isPresent())
        .containsExactly("name false", "size true", "weight true");
  }

  @Test
  void whatIsWrongIsSaidInOneLine() throws IOException {
    String output = folder.resolve("other").toString();
    assertSaid("usage: spark-submit", "-o", output);
    assertSaid("unknown argument '--owervrite'", "--owervrite");
    assertSaid(
        "there is no such parameter", configuration(), "-o", output, "--set", "spark.epoch=3");
    assertSaid("spark.epochs must be", configuration(), "-o", output, "--set", "spark.epochs=many");
    assertSaid(
        "--set date.x: there is no such key", configuration(), "-o", output, "--set", "date.x=1");
    assertSaid("a key 'modle'", configuration("modle: 1"), "-o", output);
    assertSaid("column 'x' is missing", configuration(), "-o", output, "--set", "data.label=x");
    for (String setting :
        new String[] {
          "separator=tabs; data.separator must be one character, or tab, got tabs",
          "decimal=','; data.decimal must be . here, got ,",
          "decimal=,; --set data.decimal=, is no YAML: ",
          "header=false; data.header must be true here, got false",
          "encoding=UTF-16; data.encoding must be UTF-8 here, got UTF-16",
          "columns={nmae: skip}; data.columns: there is no column 'nmae'; there are [name, size,",
          "columns={name: skipped}; column type must be one of "
        }) {
      String[] parts = setting.split("; ", 2);
      assertSaid(parts[1], configuration(), "-o", output, "--set", "data." + parts[0]);
    }
    assertThat(run(1, configuration(), "-o", output, "--set", "data.table=/none.csv"))
        .contains("/none.csv")
        .hasLineCount(1);
    assertSaid("is there already", configuration(), "-o", folder.toString());
    assertThat(Path.of(output)).doesNotExist();
  }

  private void assertSaid(String what, String... arguments) {
    assertThat(run(2, arguments)).startsWith("dae4j: ").contains(what).hasLineCount(1);
  }
}
