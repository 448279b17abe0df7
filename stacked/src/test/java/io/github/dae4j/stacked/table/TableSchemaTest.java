package io.github.dae4j.stacked.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.corruption.ColumnGroups;
import io.github.dae4j.layer.ColumnBlock;
import io.github.dae4j.layer.MixedColumnsLoss;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableSchemaTest {

  @Test
  void eachColumnHasItsFeatures() {
    assertThat(People.SCHEMA.width()).isEqualTo(6);
    assertThat(People.SCHEMA.featureNames())
        .containsExactly("age", "job=baker", "job=pilot", "job=teacher", "member=yes", "income");
  }

  @Test
  void aCellMovesAsAWholeAndHasItsTermInTheLoss() {
    assertThat(People.SCHEMA.groups()).isEqualTo(new ColumnGroups(List.of(0, 1, 1, 1, 2, 3)));
    assertThat(People.SCHEMA.loss())
        .isEqualTo(
            new MixedColumnsLoss(
                ColumnBlock.numeric(1),
                ColumnBlock.categorical(3),
                ColumnBlock.binary(1),
                ColumnBlock.numeric(1)));
  }

  @Test
  void neighboursThatAreSummedCellByCellAreOneBlock() {
    TableSchema schema =
        new TableSchema(
            new NumericColumn("a"),
            new NumericColumn("b"),
            new CategoricalColumn("c", "x", "y"),
            new CategoricalColumn("d", "x", "y"),
            new BinaryColumn("e", "0", "1"),
            new BinaryColumn("f", "0", "1"));
    assertThat(schema.loss().blocks())
        .containsExactly(
            ColumnBlock.numeric(2),
            ColumnBlock.categorical(2),
            ColumnBlock.categorical(2),
            ColumnBlock.binary(2));
  }

  @Test
  void categoriesAreThoseObserved() {
    assertThat(
            CategoricalColumn.observed("job", Arrays.asList("pilot", null, "baker", "", "pilot")))
        .isEqualTo(new CategoricalColumn("job", "baker", "pilot"));
  }

  @Test
  void rareWordsShareAFeature() {
    CategoricalColumn job =
        new CategoricalColumn("job", "baker", "pilot").withRare(List.of("diver", "smith"));
    TableSchema schema = new TableSchema(job);
    assertThat(schema.featureNames()).containsExactly("job=baker", "job=pilot", "job=(rare)");
    FittedTable table = new FittedTable(schema, Map.of());
    assertThat(
            table
                .features(List.of(List.of("diver"), List.of("pilot"), List.of("nurse")))
                .toDoubleMatrix())
        .isDeepEqualTo(new double[][] {{0, 0, 1}, {0, 1, 0}, {0, 0, 0}});
    assertThat(job.cell(new double[] {0.1, 0.2, 0.7})).isEqualTo("pilot");
    assertThatThrownBy(() -> job.withRare(List.of("pilot")))
        .hasMessage(
            "CategoricalColumn 'job' categories must differ, got [baker, pilot] and [pilot]");
  }

  @Test
  void datesAreANumberAndCycles() {
    DateColumn day =
        new DateColumn(
            "day", "d.M.uuuu", true, List.of(DateColumn.Cycle.YEAR, DateColumn.Cycle.WEEK));
    assertThat(day.width()).isEqualTo(5);
    assertThat(new TableSchema(day).featureNames())
        .containsExactly(
            "day",
            "day: sine of the year",
            "day: cosine of the year",
            "day: sine of the week",
            "day: cosine of the week");
    FittedTable table =
        new TableSchema(day).fit(List.of(List.of("07.08.2012"), List.of("9.8.2012")));
    assertThat(table.scales().get("day").standardDeviation()).isEqualTo(1);
    assertThat(table.rows(table.features(List.of(List.of("8.8.2012")))))
        .containsExactly(List.of("08.08.2012"));
    assertThat(day.values("01.01.1970")[1]).isZero();
    assertThatThrownBy(() -> table.features(List.of(List.of("30.2.2012"))))
        .hasMessage("row 1: column 'day' must be a date such as 01.01.1970, got '30.2.2012'");
    DateColumn time = new DateColumn("time", "H:mm[:ss]", true, List.of(DateColumn.Cycle.DAY));
    assertThat(time.cell(time.values("18:30:15"))).isEqualTo("18:30:15");
    assertThatThrownBy(() -> new DateColumn("time", "H:mm", true, List.of()))
        .hasMessage(
            "DateColumn 'time' without a date must have a time and the cycle of the day, got"
                + " 'H:mm', []");
  }

  @Test
  void textIsHashed() {
    HashedColumn text = new HashedColumn("title", 8);
    FittedTable table = new FittedTable(new TableSchema(text), Map.of());
    double[][] features =
        table.features(List.of(List.of("one"), List.of(" one "), List.of("two"))).toDoubleMatrix();
    assertThat(features[0]).isEqualTo(features[1]).isNotEqualTo(features[2]);
    assertThat(features[0]).containsOnlyOnce(1);
    assertThat(table.rows(table.features(List.of(List.of("one"))))).containsExactly(List.of(""));
  }

  @Test
  void whatIsNoSchemaIsRefused() {
    assertThatThrownBy(TableSchema::new).hasMessage("TableSchema columns must not be empty");
    assertThatThrownBy(() -> new TableSchema((Column) null))
        .hasMessage("TableSchema columns must not be, or hold, null, got [null]");
    assertThatThrownBy(() -> new TableSchema(new NumericColumn("a")).withMissing((String) null))
        .hasMessage("TableSchema missing must not be, or hold, null, got [null]");
    assertThatThrownBy(() -> CsvOptions.DETECT.withMissing("-", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("missing must have no null, got [-, null]");
    assertThatThrownBy(() -> new TableSchema(null, List.of()))
        .hasMessage("TableSchema columns must not be, or hold, null, got null");
    assertThatThrownBy(() -> new TableSchema(new NumericColumn("a"), new NumericColumn("a")))
        .hasMessage("TableSchema column names must differ, got 'a' twice");
    assertThatThrownBy(() -> new NumericColumn(" "))
        .hasMessage("column name must not be blank, got ' '");
    assertThatThrownBy(() -> new BinaryColumn("member", "yes", "yes"))
        .hasMessage("BinaryColumn 'member' needs two words that differ, got 'yes' and 'yes'");
    assertThatThrownBy(() -> new CategoricalColumn("job"))
        .hasMessage("CategoricalColumn 'job' needs categories, got []");
    assertThatThrownBy(() -> new CategoricalColumn("job", "baker", "baker"))
        .hasMessage("CategoricalColumn 'job' categories must differ, got [baker, baker]");
  }
}
