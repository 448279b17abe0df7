package io.github.dae4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class PlantedTableTest {

  @Test
  void oneRowOfEachHundredIsPlanted() {
    PlantedTable table = PlantedTable.make(450, 3);
    for (int first = 0; first < 400; first += 100) {
      int[] hundred = Arrays.copyOfRange(table.planted(), first, first + 100);
      assertThat(Arrays.stream(hundred).filter(column -> column >= 0)).hasSize(1);
    }
    assertThat(Arrays.copyOfRange(table.planted(), 400, 450)).containsOnly(-1);
    assertThat(table.values().shape()).containsExactly(450, table.columns().size());
    assertThat(table.isPlanted()[0]).isEqualTo(table.planted()[0] >= 0);
  }

  /** Motor temperature follows from ambient temperature and power; planted values are of others. */
  @Test
  void plantedCellsAreInRangeAndContradictTheirRow() {
    PlantedTable table = PlantedTable.make(5000, 3);
    INDArray values = table.values();
    int seen = 0;
    for (int row = 0; row < 5000; row++) {
      double expected = values.getDouble(row, 4) + 1.1 * values.getDouble(row, 2);
      double difference = Math.abs(values.getDouble(row, 5) - expected);
      if (table.planted()[row] == 5) {
        assertThat(difference).as("row %d", row).isGreaterThan(5);
        assertThat(
                values
                    .getColumn(5)
                    .eq(values.getDouble(row, 5))
                    .castTo(values.dataType())
                    .sumNumber()
                    .intValue())
            .isGreaterThanOrEqualTo(2);
        seen++;
      } else if (table.planted()[row] < 0) {
        assertThat(difference).as("row %d", row).isLessThan(5);
      }
    }
    assertThat(seen).isPositive();
  }

  @Test
  void theSameSeedMakesTheSameTable() {
    PlantedTable table = PlantedTable.make(300, 8);
    assertThat(PlantedTable.make(300, 8).values().toFloatMatrix())
        .isDeepEqualTo(table.values().toFloatMatrix());
    assertThat(PlantedTable.make(300, 8).planted()).containsExactly(table.planted());
    assertThat(PlantedTable.make(300, 9).planted()).isNotEqualTo(table.planted());
  }

  @Test
  void fewRowsAreRefused() {
    assertThatThrownBy(() -> PlantedTable.make(99, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("PlantedTable rows must be >= 100, got 99");
  }
}
