package io.github.dae4j.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.stacked.table.TableProfile.ColumnType;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Configurations of tables and of images of the user's own. */
class TableConfigurationTest {

  private static final String LONG =
      """
      seed: 7
      data:
        table: people.csv
        label: income
        columns: {zip code: category, notes: text 32, id: skip}
        missing: [NA, "?", ""]
        separator: tab
        decimal: ","
        header: false
        encoding: ISO-8859-1
      model: {units: 10, corruption: 0.3, column-corruption: {age: 0.1}, updates: auto, contamination: 0.05, detector: false}
      threads: 2
      """;

  private static Configuration read(String text, String... overrides) {
    return YamlReader.readAny("a.yaml", text, List.of(overrides));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {table: people.csv} | {units: auto}
          {table: people.csv, label: a b, columns: {a b: number}} | {}
          {jdbc: "jdbc:x:y", query: select 1, missing: []} | {corruption: auto, updates: 5}
          """)
  void tablesReadBackAsTheirEffectiveForm(String data, String model) {
    for (String text : List.of("data: " + data + "\nmodel: " + model, LONG)) {
      Configuration read = read(text);
      assertThat(read).isInstanceOf(TableConfiguration.class);
      assertThat(read(read.toYaml())).isEqualTo(read);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {images: photos/}
          {images: a.npy, size: [3, 4], color: true, hold-out: 0, test: 0.5}
          {idx: mnist, hold-out: 0.2}
          """)
  void imagesReadBackAsTheirEffectiveForm(String data) {
    Configuration read =
        read(
            "data: "
                + data
                + "\nstack: {layers: [{units: auto, corruption: auto}]}\npretraining: {}");
    assertThat(((ExperimentConfiguration) read).resolved(20_000).pretraining().epochs())
        .isEqualTo(10);
    assertThat(read(read.toYaml())).isEqualTo(read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          label: income | labell: income | 4:3: unknown key 'labell' in data, did you mean 'label'?
          notes: text 32 | notes: txt | 5:40: data.columns.notes is refused: column type must be one of number, whole number, binary, category, date, text, text 32, identifier, constant, empty, label, skip, got 'txt'
          separator: tab | separator: tabs | 7:14: data.separator is refused: it must be one character, no letter, digit or quote, or tab, got tabs
          separator: tab | separator: "\\"" | 7:14: data.separator is refused: it must be one character, no letter, digit or quote, or tab, got "
          separator: tab | separator: x | 7:14: data.separator is refused: it must be one character, no letter, digit or quote, or tab, got x
          separator: tab | separator: "" | 7:14: data.separator is refused: it must be one character, no letter, digit or quote, or tab, got nothing
          decimal: "," | decimal: "x" | 8:12: data.decimal is refused: it must be '.' or ',', got x
          decimal: "," | decimal: "\\"" | 8:12: data.decimal is refused: it must be '.' or ',', got "
          encoding: ISO-8859-1 | encoding: klingon | 10:13: data.encoding is refused: Java knows no encoding klingon
          units: 10 | units: many | 11:16: model.units must be a whole number, got many
          corruption: 0.3 | corruption: 1 | 11:32: model.corruption must be in [0, 1), got 1
          contamination: 0.05 | contamination: 0.6 | 11:98: model.contamination must be in (0, 0.5], got 0.6
          table: people.csv | tabl: people.csv | 3:3: unknown key 'tabl' in data, did you mean 'table'?
          table: people.csv | images: people.csv | 11:1: unknown key 'model', expected one of seed, data, stack, pretraining, fine-tuning, checkpoint, threads
          model: | stack: | 11:1: unknown key 'stack', expected one of seed, data, model, threads
          """)
  void whatIsWrongIsToldWithItsPlace(String line, String becomes, String message) {
    assertThatThrownBy(() -> read(LONG.replace(line, becomes)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("a.yaml:" + message);
  }

  /** Options of the command line take them by the same rule. */
  @Test
  void typesOfColumnsAreTakenInAnyLetters() {
    for (ColumnType type : ColumnType.values()) {
      String loud = " " + type.word().toUpperCase(Locale.ROOT);
      assertThat(TableData.Words.columnType(loud)).isEqualTo(type.word());
      Configuration read = read("data: {table: a.csv, columns: {a: %s}}".formatted(loud));
      assertThat(((TableData) read.data()).columns()).containsEntry("a", type.word());
    }
    assertThat(TableData.Words.columnType("Text 32")).isEqualTo("text 32");
    assertThatThrownBy(() -> TableData.Words.columnType("Whole numbers"))
        .hasMessageStartingWith("column type must be one of number, whole number, ")
        .hasMessageEndingWith(", got 'Whole numbers'");
  }

  @Test
  void passwordsAreNeverWritten() {
    for (String url :
        List.of(
            "jdbc:postgresql://h/d?user=me&password=S3cret&ssl=true",
            "jdbc:postgresql://h/d?password=S3cret",
            "jdbc:mysql://me:S3cret@h/d",
            "jdbc:sqlserver://h;user=me;password=S3cret;encrypt=true")) {
      Configuration read = read("data: {jdbc: '%s', query: select 1}".formatted(url));
      assertThat(read.toYaml()).doesNotContain("S3cret").contains("jdbc:");
      assertThat(read(read.toYaml())).isInstanceOf(TableConfiguration.class);
      assertThat(Secrets.hidden("cannot connect to " + url)).doesNotContain("S3cret");
      assertThat(((TableData.Query) ((TableConfiguration) read).data()).jdbc()).isEqualTo(url);
    }
    assertThat(Secrets.removed("jdbc:postgresql://h/d?user=me&password=S3cret&ssl=true"))
        .isEqualTo("jdbc:postgresql://h/d?user=me&ssl=true");
  }
}
