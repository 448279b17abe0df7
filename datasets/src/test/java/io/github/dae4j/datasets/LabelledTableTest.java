package io.github.dae4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dae4j.stacked.table.FittedTable;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelledTableTest {

  @Test
  void thePenguinsAreThoseOfTheSource() {
    LabelledTable penguins = Penguins.read();
    assertThat(penguins.rows()).hasSize(344);
    FittedTable table = penguins.schema().fit(penguins.rows());
    assertThat(table.rows(table.features(penguins.rows()))).isEqualTo(penguins.rows());
    assertThat(Collections.frequency(penguins.labels(), "male")).isEqualTo(168);
    assertThat(Collections.frequency(penguins.labels(), "female")).isEqualTo(165);
    assertThat(penguins.hasLabel(0)).isTrue();
    assertThat(penguins.hasLabel(3)).isFalse();
    assertThat(table.scales().get("body_mass_g").mean()).isCloseTo(4201.754, within(1e-3));
    assertThat(table.scales().get("flipper_length_mm").mean()).isCloseTo(200.915, within(1e-3));
  }

  @Test
  void aDrawnTableIsTheSameForTheSameSeed() {
    LabelledTable drawn = DrawnTable.draw(200, 1);
    assertThat(DrawnTable.draw(200, 1)).isEqualTo(drawn);
    assertThat(DrawnTable.draw(200, 2).rows()).isNotEqualTo(drawn.rows());
    assertThat(drawn.classes()).containsExactly("less", "more");
    assertThat(Collections.frequency(drawn.labels(), "more")).isBetween(70, 130);
    assertThat(drawn.schema().width()).isEqualTo(12 + 6 + 6 * 4);
    FittedTable table = drawn.schema().fit(drawn.rows());
    assertThat(table.rows(table.features(drawn.rows()))).hasSize(200);
  }

  @Test
  void eachRowNeedsALabel() {
    LabelledTable drawn = DrawnTable.draw(2, 1);
    assertThatThrownBy(() -> new LabelledTable("t", drawn.schema(), drawn.rows(), List.of("less")))
        .hasMessage("LabelledTable must have as many labels as rows, 2, got 1");
  }
}
