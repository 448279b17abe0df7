package io.github.dae4j.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnGroupsTest {

  @Test
  void numbersNeighbouringColumnsByTheirWidths() {
    assertThat(ColumnGroups.ofWidths(1, 3, 2).numbers()).containsExactly(0, 1, 1, 1, 2, 2);
    assertThat(ColumnGroups.none().numbers()).isEmpty();
  }

  @Test
  void countsGroupsOrColumns() {
    assertThat(ColumnGroups.ofWidths(1, 3, 2).count(6)).isEqualTo(3);
    assertThat(ColumnGroups.none().count(6)).isEqualTo(6);
  }

  @Test
  void refusesNumbersWithGaps() {
    for (List<Integer> numbers : List.of(List.of(0, 2), List.of(1), List.of(0, -1), List.of(-1))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new ColumnGroups(numbers))
          .withMessage("ColumnGroups numbers must count from 0 without gaps, got " + numbers);
    }
  }

  @Test
  void refusesAnEmptyBlock() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ColumnGroups.ofWidths(2, 0))
        .withMessage("ColumnGroups width must be at least 1, got 0");
  }
}
