package io.github.dae4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.stacked.table.NumericColumn;
import io.github.dae4j.stacked.table.TableSchema;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {

  private static final TextTable TABLE = read("a,b,c\n1,\"x, y\",\n\n2,,3\n");

  private static TextTable read(String text) {
    return TextTable.read("t.csv", new StringReader(text));
  }

  @Test
  void columnsAreFoundByTheirNames() {
    assertThat(TABLE.rows()).hasSize(2);
    assertThat(TABLE.column("b")).containsExactly("x, y", "");
    assertThat(TABLE.rows(new TableSchema(new NumericColumn("c"), new NumericColumn("a"))))
        .containsExactly(List.of("", "1"), List.of("3", "2"));
    assertThatThrownBy(() -> TABLE.column("d"))
        .isInstanceOf(DataException.class)
        .hasMessage("t.csv: must have a column 'd', got [a, b, c]");
  }

  @Test
  void whatIsNoTableIsRefused() {
    for (String text : new String[] {"", "a,b\n", "a,b\n1\n", "a,b\n1,2,3\n", "a\n\"1\n"}) {
      assertThatThrownBy(() -> read(text))
          .as(text)
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith("t.csv: must ");
    }
  }
}
