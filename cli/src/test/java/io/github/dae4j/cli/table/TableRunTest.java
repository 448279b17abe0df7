package io.github.dae4j.cli.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableRunTest {

  @Test
  void equalLabelsAreInOneQuarterOfTheMap() {
    double[] visits = IntStream.range(0, 100).mapToDouble(i -> i < 60 ? 0 : i).toArray();
    List<String> quarters = TableRun.quarters(visits);
    assertThat(quarters.subList(0, 60)).containsOnly("lowest quarter");
    assertThat(quarters.subList(60, 75)).containsOnly("third quarter");
    assertThat(quarters.subList(75, 100)).containsOnly("highest quarter");
    assertThat(TableRun.quarters(new double[] {Double.NaN, 2, 1, 4, 3}))
        .containsExactly(
            "", "second quarter", "lowest quarter", "highest quarter", "third quarter");
    assertThat(TableRun.quarters(new double[] {Double.NaN})).containsExactly("");
  }

  @Test
  void classesThatAreNumbersAreInTheirOrder() {
    assertThat(TableRunPage.sorted(Set.of("10", "9", "-2", "1.5")))
        .containsExactly("-2", "1.5", "9", "10");
    assertThat(TableRunPage.sorted(Set.of("b", "10", "9"))).containsExactly("10", "9", "b");
  }
}
