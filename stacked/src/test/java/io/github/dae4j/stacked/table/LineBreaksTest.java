package io.github.dae4j.stacked.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What stands between the rows of a file. */
class LineBreaksTest {

  private static final List<String> CELLS =
      List.of("1", "", "a b", "\"q\"", "\"two\nlines\"", "\"c\r\nd\"", "\"say \"\"x\"\"\"", "o\"k");
  private static final List<String> BREAKS =
      List.of("\n", "\r\n", "\r", "\n\n", "\r\n\r\n\n", "\r\r\n");

  /** Breaks of any kind, empty lines and line breaks in quotes: the text is put together again. */
  @Test
  void rowsWithTheirBreaksAreTheTextAgain() throws IOException {
    Random random = new Random(3);
    for (int round = 0; round < 300; round++) {
      StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "\n\r\n" : "").append("a,b");
      for (int row = 0; row < 8; row++) {
        text.append(one(BREAKS, random)).append(one(CELLS, random));
        text.append(',').append(one(CELLS, random));
      }
      text.append(random.nextBoolean() ? one(BREAKS, random) : "");
      assertThat(again(text.toString(), 9)).isEqualTo(text.toString());
    }
  }

  /** Of one column an empty line is a row. */
  @Test
  void emptyLinesOfOneColumnAreRows() throws IOException {
    String text = "7\r\n\r\n8\n\n";
    assertThat(again(text, 4)).isEqualTo(text);
  }

  private static String one(List<String> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }

  private static String again(String text, int rows) throws IOException {
    CsvOptions options = new CsvOptions(',', '"', '.', false, List.of(""), StandardCharsets.UTF_8);
    Table table =
        Table.read(
            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "text", options);
    Table.Dialect dialect = table.dialect().orElseThrow();
    StringBuilder again = new StringBuilder();
    int count = 0;
    try (Table.Rows all = table.rows()) {
      for (; all.hasNext(); count++) {
        Table.Row row = all.next();
        String line = dialect.format(row);
        again.append(row.lineBreaksBefore());
        again.append(line, 0, line.length() - dialect.lineEnd().length());
      }
      again.append(all.lineBreaksAtEnd());
    }
    assertThat(count).as(text).isEqualTo(rows);
    return again.toString();
  }
}
