package io.github.dae4j.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.dae4j.stacked.table.FittedTable;
import io.github.dae4j.stacked.table.RowScore;
import io.github.dae4j.stacked.table.Table;
import io.github.dae4j.stacked.table.TableException;
import io.github.dae4j.stacked.table.TableModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What a table model keeps with its network, and a table's own file: used, or refused. */
class TableModelFuzzTest {

  private static final String ATTACHMENT = "attachment.bin";
  private static final Table PEOPLE = people();
  private static final Map<String, byte[]> MODEL = model();

  private static Table people() {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      rows.add(List.of(i % 3 == 0 ? "red" : "blue", Integer.toString(20 + i), "0." + i * i));
    }
    return Table.of(List.of("colour", "age", "x"), rows);
  }

  private static Map<String, byte[]> model() {
    try {
      TableModel model = TableModel.builder().updates(2).units(2).label("colour").fit(PEOPLE);
      Path file = Scratch.path("good-table.zip");
      model.save(file);
      model.table().save(Scratch.path("good-table.json"));
      return Scratch.entries(file);
    } catch (IOException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  static Stream<byte[]> seeds() throws IOException {
    return Stream.of(MODEL.get(ATTACHMENT), Files.readAllBytes(Scratch.path("good-table.json")));
  }

  @MethodSource("seeds")
  @FuzzTest
  void attachment(byte[] bytes) throws IOException {
    Path file = Scratch.file("model.zip", Scratch.zip(MODEL, ATTACHMENT, bytes));
    try {
      TableModel model = TableModel.load(file);
      for (RowScore score : model.score(PEOPLE)) {
        assertThat(score.value()).isNotNaN();
      }
      model.predict(Map.of("age", 30));
    } catch (IOException e) {
      assertThat(e.getMessage()).startsWith("Cannot load " + file + ": ").doesNotContain("\n");
    } catch (TableException e) {
      assertThat(e.getMessage()).isNotBlank(); // a model of other columns
    }
    Path table = Scratch.file("table.json", bytes);
    try {
      FittedTable.load(table);
    } catch (IOException e) {
      assertThat(e.getMessage()).startsWith("Cannot read " + table + ": ").doesNotContain("\n");
    }
  }
}
