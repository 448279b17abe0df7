package io.github.dae4j.cli.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.cli.study.TableComparison.TableSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableSplitTest {

  @Test
  void eachRowHasOnePlaceAndOnlyRowsWithALabelAreMeasured() {
    TableSplit split = TableSplit.of(20, row -> row % 2 == 0, 7, 1);
    assertThat(split.test()).hasSize(4).allMatch(row -> row % 2 == 0);
    assertThat(split.validation()).hasSize(2).allMatch(row -> row % 2 == 0);
    assertThat(split.labelled())
        .hasSize(TableSplit.mostLabels(10))
        .hasSize(4)
        .allMatch(row -> row % 2 == 0);
    assertThat(split.unlabelled()).hasSize(10);
    List<Integer> all = new ArrayList<>(split.training());
    all.addAll(split.validation());
    all.addAll(split.test());
    assertThat(all).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 20).boxed().toList());
  }

  @Test
  void repeatsShareTheRowsForTheTestAndNoOthers() {
    TableSplit split = TableSplit.of(50, row -> true, 7, 1);
    TableSplit repeat = TableSplit.of(50, row -> true, 7, 2);
    assertThat(repeat.test()).isEqualTo(split.test());
    assertThat(repeat.validation()).isNotEqualTo(split.validation());
    assertThat(TableSplit.of(50, row -> true, 7, 1)).isEqualTo(split);
    assertThat(TableSplit.of(50, row -> true, 8, 1).test()).isNotEqualTo(split.test());
  }
}
