package io.github.dae4j.stacked.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.corruption.ColumnGroups;
import io.github.dae4j.layer.ColumnBlock;
import io.github.dae4j.layer.MixedColumnsLoss;
import java.util.Arrays;
import java.util.List;
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
  void whatIsNoSchemaIsRefused() {
    assertThatThrownBy(TableSchema::new).hasMessage("TableSchema columns must not be empty");
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
