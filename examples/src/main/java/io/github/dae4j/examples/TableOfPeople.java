package io.github.dae4j.examples;

import io.github.dae4j.stacked.table.RowScore;
import io.github.dae4j.stacked.table.Table;
import io.github.dae4j.stacked.table.TableModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * A CSV file as a model that scores rows, fills missing cells and predicts: one file to keep, safe
 * for any number of threads.
 *
 * <p>Run it with {@code mvn -q -Pdemo -Dexample=TableOfPeople}.
 */
public final class TableOfPeople {

  private TableOfPeople() {}

  /**
   * What came out.
   *
   * @param usual the score of a row like those trained on
   * @param odd the score of a child with a doctor's salary
   * @param column the column that explains most of it
   * @param job what is filled in where the job is missing
   */
  public record Result(double usual, double odd, String column, Object job) {}

  public static void main(String[] args) throws IOException {
    Result result = run(2000, Path.of("output/example-people"));
    System.out.printf(
        "usual row %.2f, odd row %.2f because of %s; a missing job is filled with %s%n",
        result.usual(), result.odd(), result.column(), result.job());
  }

  static Result run(int rows, Path folder) throws IOException {
    Files.createDirectories(folder);
    Path people = folder.resolve("people.csv");
    Path file = folder.resolve("people.zip");
    Files.writeString(people, draw(rows, 1));
    // region model
    TableModel model = TableModel.builder().fit(Table.read(people));
    model.save(file);

    TableModel service = TableModel.load(file); // immutable: for any number of threads
    RowScore odd = service.score(Map.of("age", 12, "job", "doctor", "salary", 7100));
    if (odd.isAnomaly()) {
      System.out.println(odd.reasons().get(0)); // which column, and what was expected
    }
    Map<String, ?> filled = service.impute(Map.of("age", 45, "salary", 7100)); // job is missing
    // endregion
    RowScore usual = service.score(Map.of("age", 45, "job", "doctor", "salary", 7100));
    return new Result(usual.value(), odd.value(), odd.reasons().get(0).column(), filled.get("job"));
  }

  /** People whose salary follows from age and job. */
  private static String draw(int rows, long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder("age,job,salary\n");
    for (int i = 0; i < rows; i++) {
      int age = 5 + random.nextInt(60);
      String job = age < 18 ? "pupil" : random.nextInt(3) == 0 ? "doctor" : "clerk";
      double base = job.equals("pupil") ? 20 : job.equals("doctor") ? 5000 : 2500;
      double salary = base * (1 + age / 100.0) * (1 + 0.05 * random.nextGaussian());
      text.append(String.format(Locale.ROOT, "%d,%s,%.0f%n", age, job, salary));
    }
    return text.toString();
  }
}
