package io.github.dae4j.benchmarks;

import io.github.dae4j.stacked.table.RowScore;
import io.github.dae4j.stacked.table.Table;
import io.github.dae4j.stacked.table.TableModel;
import io.github.dae4j.stacked.table.TableRowModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Trains table models at their default settings and uses them, a task for each line of standard
 * input: what to do, training rows, new rows, the file to write, and the label of a prediction,
 * between tabs. {@code benchmarks/tables} asks and judges.
 */
public final class TableTasks {

  private TableTasks() {}

  public static void main(String[] args) throws IOException {
    BufferedReader tasks =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String task = tasks.readLine(); task != null; task = tasks.readLine()) {
      Measured.print(
          "done", String.format(java.util.Locale.ROOT, "%.2f", seconds(task.split("\t"))));
      System.out.flush();
    }
  }

  /** The processor time of training. */
  private static double seconds(String[] task) throws IOException {
    if (task[0].equals("ladder")) {
      return ladderSeconds(task);
    }
    TableModel.Builder builder = TableModel.builder();
    if (!task[0].equals("score")) {
      builder.withoutDetector(); // which changes nothing else
    }
    if (task.length > 4) {
      builder.label(task[4]);
    }
    long begun = processTime();
    TableModel model = builder.fit(Table.read(Path.of(task[1])));
    double seconds = (processTime() - begun) / 1e9;
    Table rows = Table.read(Path.of(task[2]));
    TableRowModel on = model.on(rows);
    Function<Table.Row, List<String>> use =
        switch (task[0]) {
          case "score" -> row -> scored(on.score(row));
          case "impute" -> row -> on.impute(row).cells();
          case "encode" -> row -> numbers(on.encode(row));
          case "predict" -> row -> List.of(on.predict(row).label());
          default -> throw new IllegalArgumentException("no such task: " + task[0]);
        };
    write(rows, use, Path.of(task[3]));
    return seconds;
  }

  /** A ladder network tells the label, which few of the training rows have. */
  private static double ladderSeconds(String[] task) throws IOException {
    long begun = processTime();
    TableLadder ladder = TableLadder.fit(Table.read(Path.of(task[1])), task[4]);
    double seconds = (processTime() - begun) / 1e9;
    Table rows = Table.read(Path.of(task[2]));
    List<String> told = ladder.predict(rows);
    Files.write(Path.of(task[3]), told);
    return seconds;
  }

  private static List<String> scored(RowScore score) {
    return List.of(Double.toString(score.value()), score.isAnomaly() ? "1" : "0");
  }

  private static List<String> numbers(float[] code) {
    return IntStream.range(0, code.length).mapToObj(i -> Float.toString(code[i])).toList();
  }

  /** A line for each row, without a header. */
  private static void write(Table table, Function<Table.Row, List<String>> use, Path file) {
    try (Table.Rows rows = table.rows();
        var out = Files.newBufferedWriter(file)) {
      while (rows.hasNext()) {
        out.write(
            use.apply(rows.next()).stream()
                .map(cell -> cell == null ? "" : cell)
                .collect(Collectors.joining("\t", "", "\n")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long processTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }
}
