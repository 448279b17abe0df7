package io.github.dae4j.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.table.FittedTable;
import io.github.dae4j.stacked.table.RowScore;
import io.github.dae4j.stacked.table.Table;
import io.github.dae4j.stacked.table.TableColumns;
import io.github.dae4j.stacked.table.TableException;
import io.github.dae4j.stacked.table.TableModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What a table model keeps with its network, and a table's own file: used, or refused. */
class TableModelFuzzTest {

  private static final String ATTACHMENT = "attachment.bin";
  private static final Table PEOPLE = people();
  private static final Map<String, byte[]> MODEL = model();
  private static final Map<String, byte[]> STACK = stack();

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

  /** A model of a stack with the same layer, so that both kinds of attachment fit one network. */
  private static Map<String, byte[]> stack() {
    try {
      TableColumns columns = TableModel.builder().label("colour").columns(PEOPLE);
      StackedDenoisingAutoEncoder stack =
          StackedDenoisingAutoEncoder.builder(columns.schema().width(), 2)
              .visible(Activation.IDENTITY, columns.schema().loss())
              .missingAllowed(true)
              .output(
                  new OutputLayer.Builder(LossFunction.MCXENT)
                      .activation(Activation.SOFTMAX)
                      .nOut(2)
                      .build())
              .build();
      float[][] rows = new float[8][columns.schema().width()];
      Path file = Scratch.path("good-stack.zip");
      columns.model(stack, rows, 0.1).save(file);
      Files.write(Scratch.path("good-columns.json"), columns.toBytes());
      return Scratch.entries(file);
    } catch (IOException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  static Stream<byte[]> seeds() throws IOException {
    return Stream.of(
        MODEL.get(ATTACHMENT),
        STACK.get(ATTACHMENT),
        Files.readAllBytes(Scratch.path("good-columns.json")),
        Files.readAllBytes(Scratch.path("good-table.json")));
  }

  @MethodSource("seeds")
  @FuzzTest
  void attachment(byte[] bytes) throws IOException {
    use(Scratch.file("model.zip", Scratch.zip(MODEL, ATTACHMENT, bytes)));
    use(Scratch.file("stack.zip", Scratch.zip(STACK, ATTACHMENT, bytes)));
    Path table = Scratch.file("table.json", bytes);
    try {
      FittedTable.load(table);
    } catch (IOException e) {
      assertThat(e.getMessage()).startsWith("Cannot read " + table + ": ").doesNotContain("\n");
    }
    try {
      TableColumns.of(bytes).label(Map.of("colour", "red"));
    } catch (IOException e) {
      assertThat(e.getMessage())
          .startsWith("Cannot read columns of a table: ")
          .doesNotContain("\n");
    }
  }

  private static void use(Path file) {
    try {
      TableModel model = TableModel.load(file);
      for (RowScore score : model.score(PEOPLE)) {
        assertThat(score.value()).isNotNaN();
      }
      if (model.label().isPresent()) {
        model.predict(Map.of("age", 30));
      }
    } catch (IOException e) {
      assertThat(e.getMessage()).startsWith("Cannot load " + file + ": ").doesNotContain("\n");
    } catch (TableException e) {
      assertThat(e.getMessage()).isNotBlank(); // a model of other columns
    }
  }
}
