package io.github.dae4j.examples;

import io.github.dae4j.corruption.NoCorruption;
import io.github.dae4j.corruption.SwapCorruption;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.table.RowScore;
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
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * A stack with layers of one's own on a table, in one file that scores rows and tells why.
 *
 * <p>Run it with {@code mvn -q -Pdemo -Dexample=StackOfPeople}.
 */
public final class StackOfPeople {

  private StackOfPeople() {}

  /**
   * What came out.
   *
   * @param usual the score of a row like those trained on
   * @param odd the score of a child with a doctor's salary
   * @param column the column that explains most of it
   * @param codeLength the units of the top code
   */
  public record Result(double usual, double odd, String column, int codeLength) {}

  public static void main(String[] args) throws IOException {
    Result result = run(2000, Path.of("output/example-stack-of-people"));
    System.out.printf(
        "usual row %.2f, odd row %.2f because of %s; codes of %d units%n",
        result.usual(), result.odd(), result.column(), result.codeLength());
  }

  static Result run(int rows, Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve("people.zip");
    List<Map<String, Object>> train = draw(rows, 1);
    List<Map<String, Object>> heldOut = draw(300, 2);
    // region stack
    TableColumns columns = TableModel.builder().columns(Table.of(train)); // types and units

    StackedDenoisingAutoEncoder stack =
        StackedDenoisingAutoEncoder.builder(columns.schema().width(), 64, 16)
            .activation(Activation.TANH)
            .visible(Activation.IDENTITY, columns.schema().loss())
            .missingAllowed(true) // NaN is a missing cell
            .corruption(new SwapCorruption(0.2, columns.schema().groups()), new NoCorruption())
            .updater(new Adam(0.003))
            .dataType(DataType.FLOAT)
            .build();
    stack.pretrain(Nd4j.createFromArray(features(columns, train)), 20);

    TableModel model = columns.model(stack, features(columns, heldOut), 0.01);
    model.save(file); // for TableModel.load, dae4j score, StackedDenoisingAutoEncoder.load
    // endregion
    RowScore odd = model.score(Map.of("age", 12, "job", "doctor", "salary", 7100));
    RowScore usual = model.score(Map.of("age", 45, "job", "doctor", "salary", 7100));
    String column = odd.reasons().get(0).column();
    return new Result(usual.value(), odd.value(), column, model.codeLength());
  }

  private static float[][] features(TableColumns columns, List<Map<String, Object>> rows) {
    return rows.stream().map(columns::features).toArray(float[][]::new);
  }

  /** People whose salary follows from age and job. */
  private static List<Map<String, Object>> draw(int rows, long seed) {
    Random random = new Random(seed);
    List<Map<String, Object>> people = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      int age = 5 + random.nextInt(60);
      String job = age < 18 ? "pupil" : random.nextInt(3) == 0 ? "doctor" : "clerk";
      double base = job.equals("pupil") ? 20 : job.equals("doctor") ? 5000 : 2500;
      double salary = base * (1 + age / 100.0) * (1 + 0.05 * random.nextGaussian());
      people.add(Map.of("age", age, "job", job, "salary", Math.round(salary)));
    }
    return people;
  }
}
