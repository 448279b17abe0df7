package io.github.dae4j.stacked.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableFileTest {

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void save() throws IOException {
    file = folder.resolve("table.json");
    People.TABLE.save(file);
  }

  @Test
  void whatIsReadIsWhatWasWritten() throws IOException {
    assertThat(FittedTable.load(file)).isEqualTo(People.TABLE);
    FittedTable other =
        new TableSchema(new CategoricalColumn("a b", "é", "\"").refusingUnseen())
            .withMissing("?", "NA")
            .fit(People.row("?"));
    other.save(file);
    assertThat(FittedTable.load(file)).isEqualTo(other);
  }

  @Test
  void everyKindOfColumnIsKept() throws IOException {
    FittedTable table =
        new TableSchema(
                new NumericColumn("n", 2),
                new CategoricalColumn("c", "a", "b").withRare(List.of("z")),
                new HashedColumn("h", 4),
                new DateColumn("d", "uuuu-MM-dd", true, List.of(DateColumn.Cycle.YEAR)))
            .fit(List.of(List.of("1", "a", "x", "2020-02-29"), List.of("2", "b", "y", "")));
    table.save(file);
    assertThat(FittedTable.load(file)).isEqualTo(table);
  }

  @Test
  void filesOfTheFirstVersionAreRead() throws IOException {
    Files.writeString(
        file,
        """
        {"version" : 1, "table" : {
          "schema" : { "columns" : [
            { "kind" : "numeric", "name" : "age" },
            { "kind" : "categorical", "name" : "job", "categories" : ["a", "b"], "unseenRefused" : false },
            { "kind" : "binary", "name" : "member", "zero" : "no", "one" : "yes" } ],
            "missing" : [ "" ] },
          "scales" : { "age" : { "mean" : 35.0, "standardDeviation" : 5.0 },
                       "member" : { "mean" : 0.75, "standardDeviation" : 0.4 } } } }
        """);
    FittedTable table = FittedTable.load(file);
    assertThat(table.features(List.of(List.of("40", "b", "yes"))).toDoubleVector())
        .containsExactly(1, 0, 1, 1);
    assertThat(table.schema().columns().get(0)).isEqualTo(new NumericColumn("age"));
  }

  @Test
  void theFileNamesKindsAndNoClasses() throws IOException {
    assertThat(Files.readString(file))
        .contains("\"version\" : 1", "\"kind\" : \"categorical\"", "\"mean\" : 35.0")
        .doesNotContain("io.github")
        .endsWith("}\n");
    assertThat(folder).isDirectoryNotContaining(other -> !other.equals(file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "version" : 1    | "version" : 2             | it is no table of version 1
          "mean" : 35.0    | "mean" : null             | Cannot map `null` into type `double`
          "mean" : 35.0    | "mean" : "NaN"            | Scale mean must be finite, got NaN
          "mean" : 35.0    | "middle" : 35.0           | Missing required creator property 'mean'
          "mean" : 35.0    | "mean" : 35.0, "middle" : 1 | Unrecognized field "middle"
          "age"            | "income"                  | TableSchema column names must differ, got 'income' twice
          "categorical"    | "java.util.ArrayList"     | Could not resolve type id 'java.util.ArrayList'
          "unseenRefused" : false | "unseenRefused" : null | Cannot map `null` into type `boolean`
          "baker"          | "pilot"                   | CategoricalColumn 'job' categories must differ
          """)
  void damageIsNamed(String whole, String damaged, String message) throws IOException {
    String json = Files.readString(file);
    assertThat(json).contains(whole);
    Files.writeString(file, json.replaceFirst(whole, damaged));
    assertThatThrownBy(() -> FittedTable.load(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Cannot read " + file + ": ")
        .hasMessageContaining(message);
  }

  /** A pattern by which no date can be written, or read, would fail only in use. */
  @ParameterizedTest
  @ValueSource(
      strings = {"uuuu-MM-dd VV", "uuuu-MM-dd {", "d", "'d'", "uuuu", "H", "uuuu-MM-dd'", "\u0130"})
  void patternsOfDatesAreTriedWhenTheyAreLoaded(String pattern) throws IOException {
    new TableSchema(new DateColumn("day", "uuuu-MM-dd", true, List.of(DateColumn.Cycle.YEAR)))
        .fit(List.of(List.of("2020-02-29"), List.of("2021-02-28")))
        .save(file);
    Files.writeString(file, Files.readString(file).replace("uuuu-MM-dd", pattern));
    assertThatThrownBy(() -> FittedTable.load(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("DateColumn 'day' ")
        .hasMessageContaining("got '" + pattern + "'");
  }

  @Test
  void partsAndStrangersAreRefused() throws IOException {
    String json = Files.readString(file);
    for (String other : new String[] {"", "null", "[]", "7", json + "{}", json.substring(0, 90)}) {
      Files.writeString(file, other);
      assertThatThrownBy(() -> FittedTable.load(file))
          .as(other)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("Cannot read " + file + ": ");
    }
    assertThatThrownBy(() -> FittedTable.load(folder.resolve("none.json")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("Cannot read ")
        .hasMessageContaining("none.json");
  }
}
