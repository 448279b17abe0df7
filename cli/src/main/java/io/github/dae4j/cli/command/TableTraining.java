package io.github.dae4j.cli.command;

import io.github.dae4j.cli.backend.Backends;
import io.github.dae4j.cli.console.CommandRunner;
import io.github.dae4j.cli.console.Console;
import io.github.dae4j.cli.console.OptionException;
import io.github.dae4j.cli.console.Stages;
import io.github.dae4j.cli.experiment.RunFiles;
import io.github.dae4j.cli.experiment.RunLock;
import io.github.dae4j.cli.table.TableEvaluation;
import io.github.dae4j.cli.table.TableInput;
import io.github.dae4j.cli.table.TableRun;
import io.github.dae4j.stacked.table.Table;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How train makes a model of a table. */
final class TableTraining {

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description = "Of a table: the column that 'predict' is to tell; it is never an input.")
  private String label;

  @Option(
      names = "--contamination",
      paramLabel = "SHARE",
      description = "Of a table: the share of rows that is flagged; 0.01 by default.")
  private Double contamination;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of a table or images: of all that is drawn; 1 by default.")
  private Long seed;

  @Option(
      names = "--updates",
      paramLabel = "N",
      description = "Of a table: minibatches of 64 rows that training takes; 3000 by default.")
  private Integer updates;

  @Mixin private ColumnOption columns;

  @Mixin private TableOptions table;

  long seed() {
    return seed == null ? 1 : seed;
  }

  /** Trains on a CSV file or standard input, in a directory that is free. */
  @SuppressWarnings("try") // the lock has nothing to do but to be held
  int run(String from, RunFiles directory, TrainingOptions options, Runnable free) {
    OptionException.require(
        "--contamination",
        "in (0, 0.5]",
        contamination == null || contamination > 0 && contamination <= 0.5,
        contamination);
    OptionException.require("--updates", ">= 1", updates == null || updates >= 1, updates);
    Console console = options.console();
    Table read = TableInput.repeatable(from, table.csv());
    if (label != null) {
      OptionException.require(
          "--label", "among the columns " + read.columns(), read.columns().contains(label), label);
    }
    TableRun.Settings settings =
        new TableRun.Settings(
            label,
            contamination == null ? 0.01 : contamination,
            seed(),
            updates,
            columns.choices());
    String backend = Backends.startQuietly(options.threads().orDefault());
    try (RunLock lock = directory.lock()) {
      free.run();
      TableRun.Result result = train(read, settings, directory, backend, options, console);
      console.result(new Summary(directory.path().toAbsolutePath().toString(), result));
      summarize(console, result);
      console.line(
          "Model, report.html and report.json are in %s", directory.path().toAbsolutePath());
    }
    return CommandRunner.OK;
  }

  /** What --json says. */
  private record Summary(String directory, TableRun.Result report) {}

  private static TableRun.Result train(
      Table read,
      TableRun.Settings settings,
      RunFiles directory,
      String backend,
      TrainingOptions options,
      Console console) {
    try (Stages stages = new Stages(console)) {
      return new TableRun(read, settings, directory)
          .run(options.commandLine(), backend, task -> stages.update(task, 0, -1));
    }
  }

  private static void summarize(Console console, TableRun.Result result) {
    long inputs = result.columns().stream().filter(TableRun.ColumnResult::input).count();
    console.line(
        "%s: %,d rows, %d of %d columns used, trained in %.1f s",
        result.data(), result.rows(), inputs, result.columns().size(), result.seconds());
    List<String> leftOut =
        result.columns().stream()
            .filter(column -> !column.input() && !column.name().equals(result.label()))
            .map(column -> column.name() + " (" + column.type() + ")")
            .toList();
    if (!leftOut.isEmpty()) {
      console.line("left out     %s", String.join(", ", leftOut));
    }
    if (result.evaluation().anomalies() != null) {
      console.line(
          "anomalies    %d of the rows are flagged, score above %.3f",
          result.evaluation().anomalies(), result.threshold());
    }
    if (result.evaluation().label() != null) {
      console.line(
          "label        %s, on the rows trained on", described(result.evaluation().label()));
    }
  }

  /** "income: accuracy 0.850, F1 0.791" or "age: RMSE 3.1, of telling the mean 5.2". */
  static String described(TableEvaluation.LabelResult label) {
    return label.accuracy() == null
        ? String.format(
            Locale.ROOT,
            "%s: RMSE %.4g, of telling the mean %.4g",
            label.column(),
            label.rmse(),
            label.rmseOfMean())
        : String.format(
            Locale.ROOT,
            "%s: accuracy %.4f, F1 %.4f",
            label.column(),
            label.accuracy(),
            label.f1());
  }
}
