package io.github.dae4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.cli.study.Outcome;
import io.github.dae4j.corruption.NoCorruption;
import io.github.dae4j.corruption.SwapCorruption;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.finetuning.FineTuner;
import io.github.dae4j.stacked.finetuning.FreezingSchedule;
import io.github.dae4j.stacked.table.Table;
import io.github.dae4j.stacked.table.TableColumns;
import io.github.dae4j.stacked.table.TableModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The commands on a model file that was made in Java, of a stack of two layers on a table. */
class StackOfTableTest {

  @TempDir private static Path folder;
  private static Path model;
  private static Path rows;

  @BeforeAll
  static void train() throws IOException {
    List<Map<String, Object>> people = people(300, 1);
    TableColumns columns = TableModel.builder().label("married").columns(Table.of(people));
    StackedDenoisingAutoEncoder stack =
        StackedDenoisingAutoEncoder.builder(columns.schema().width(), 32, 8)
            .activation(Activation.TANH)
            .tiedWeights(false)
            .visible(Activation.IDENTITY, columns.schema().loss())
            .missingAllowed(true)
            .corruption(new SwapCorruption(0.2, columns.schema().groups()), new NoCorruption())
            .updater(new Adam(0.005))
            .dataType(DataType.FLOAT)
            .seed(1)
            .output(
                new OutputLayer.Builder(LossFunction.MCXENT)
                    .activation(Activation.SOFTMAX)
                    .nOut(2)
                    .build())
            .build();
    float[][] features = people.stream().map(columns::features).toArray(float[][]::new);
    float[][] labels = new float[features.length][2];
    for (int row = 0; row < labels.length; row++) {
      labels[row][(int) columns.label(people.get(row))] = 1;
    }
    INDArray x = Nd4j.createFromArray(features);
    stack.pretrain(x, 30);
    stack.fineTune(
        new FineTuner.Builder().epochs(20).freezing(FreezingSchedule.freezingBelow(2)).build(),
        new ViewIterator(new DataSet(x, Nd4j.createFromArray(labels)), 20));
    model = folder.resolve("model.zip");
    columns.model(stack, features, 0.02).save(model);
    rows =
        Files.writeString(
            folder.resolve("rows.csv"),
            "age,salary,children,married,job\n"
                + "45,31500,2,yes,teacher\n"
                + "1e30,31500,2,yes,teacher\n"
                + "45,31500,2,yes,astronaut\n"
                + "45,31500,0,no,\n");
  }

  /** Salaries follow from age and job; who has children is married. */
  private static List<Map<String, Object>> people(int count, long seed) {
    Random random = new Random(seed);
    List<Map<String, Object>> people = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int age = 20 + random.nextInt(45);
      int job = random.nextInt(3);
      long salary = (job == 0 ? 300 : 700) * (age + random.nextInt(4));
      int children = random.nextInt(4);
      people.add(
          Map.of(
              "age",
              age,
              "salary",
              salary,
              "children",
              children,
              "married",
              children > 0 ? "yes" : "no",
              "job",
              List.of("smith", "teacher", "clerk").get(job)));
    }
    return people;
  }

  private static Outcome run(String command, String... more) {
    List<String> args = new ArrayList<>(List.of(command, model.toString(), rows.toString()));
    args.addAll(List.of(more));
    Outcome outcome = Outcome.of(args.toArray(String[]::new));
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    return outcome;
  }

  @Test
  void scoresNameTheColumnsThatExplainThem() {
    List<String> lines = run("score", "-", "--top=1", "-q").out().lines().toList();
    assertThat(lines.get(0))
        .isEqualTo("line,score,anomaly,column 1,value 1,expected 1,part 1,note 1");
    assertThat(lines.get(1)).startsWith("2,").contains(",no,");
    assertThat(lines.get(2)).startsWith("3,").contains(",yes,age,1e30,").contains(",\"beyond all");
    assertThat(lines.get(3))
        .startsWith("4,")
        .contains(",yes,job,astronaut,")
        .endsWith(",never seen in training");
  }

  @Test
  void theOtherCommandsServeItToo() throws IOException {
    assertThat(run("impute", "-", "-q").out().lines().toList().get(4))
        .matches("45,31500,0,no,(smith|teacher|clerk)");
    assertThat(run("encode", "-", "-q").out().lines().toList())
        .hasSize(5)
        .allMatch(line -> line.split(",").length == 8);
    assertThat(run("reconstruct", "-", "-q").out()).startsWith("age,salary,children,married,job\n");
    List<String> told = run("predict", "-", "-q").out().lines().toList();
    assertThat(told.get(1)).contains("yes,");
    assertThat(told.get(4)).contains("no,");
    assertThat(run("evaluate").out()).containsPattern("label +married: accuracy [01]\\.\\d{4}");
    Path onnx = folder.resolve("model.onnx");
    Outcome export = Outcome.of("export", model.toString(), onnx.toString());
    assertThat(export.exitCode()).as(export.err()).isZero();
    assertThat(onnx).isNotEmptyFile();
  }
}
