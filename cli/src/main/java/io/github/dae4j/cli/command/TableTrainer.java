package io.github.dae4j.cli.command;

import io.github.dae4j.cli.backend.Backends;
import io.github.dae4j.cli.command.Training.Interruption;
import io.github.dae4j.cli.config.TableConfiguration;
import io.github.dae4j.cli.console.CommandRunner;
import io.github.dae4j.cli.console.Console;
import io.github.dae4j.cli.console.OptionException;
import io.github.dae4j.cli.console.Stages;
import io.github.dae4j.cli.console.TableProgress;
import io.github.dae4j.cli.experiment.RunFiles;
import io.github.dae4j.cli.experiment.RunLock;
import io.github.dae4j.cli.table.TableEvaluation;
import io.github.dae4j.cli.table.TableRun;
import io.github.dae4j.cli.table.TableSource;
import io.github.dae4j.datasets.DataException;
import io.github.dae4j.stacked.run.CheckpointException;
import io.github.dae4j.stacked.run.TrainingStoppedException;
import io.github.dae4j.stacked.table.Table;
import io.github.dae4j.stacked.table.TableModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * How train and resume make the model of a table in a directory, and what they say.
 *
 * @param free throws if the directory may not be used, asked when others are locked out
 */
record TableTrainer(TrainingOptions options, RunFiles directory, Runnable free) {

  /** What --json says. */
  private record Summary(String directory, TableRun.Result report) {}

  /** Trains and says what came out, or how to go on if it was stopped; returns the exit code. */
  int run(TableConfiguration configuration) {
    Table table = TableSource.open(configuration.data());
    String label = configuration.data().label();
    OptionException.require(
        "--label",
        "among the columns " + table.columns(),
        label == null || table.columns().contains(label),
        label);
    String backend = Backends.startQuietly(options.threads().or(configuration));
    try (RunLock lock = directory.lock()) {
      free.run();
      boolean isNew = !directory.hasRun();
      directory.begin(configuration.located(), lock);
      try {
        return run(new TableRun(table, configuration, directory), backend);
      } catch (DataException e) {
        if (isNew) {
          directory.withdraw();
        }
        throw e;
      }
    }
  }

  @SuppressWarnings("try") // the interruption has nothing to do but to be open
  private int run(TableRun run, String backend) {
    try (TableProgress progress = new TableProgress(options.console());
        Interruption unused = new Interruption(progress::stop)) {
      return run(run, progress, backend);
    }
  }

  private int run(TableRun run, TableProgress progress, String backend) {
    try {
      long start = System.nanoTime();
      TableModel model = run.train(progress);
      progress.close();
      double seconds = (System.nanoTime() - start) / 1e9;
      summarize(finish(run, model, seconds, backend));
      return CommandRunner.OK;
    } catch (TrainingStoppedException e) { // told here, while Ctrl-C still waits for the run's end
      progress.close();
      return options.stopped(e, directory.path());
    } catch (CheckpointException e) {
      progress.close();
      return options.fail(e);
    }
  }

  private TableRun.Result finish(TableRun run, TableModel model, double seconds, String backend) {
    try (Stages stages = new Stages(options.console())) {
      stages.update("Measuring", 0, -1);
      return run.finish(model, seconds, options.commandLine(), backend);
    }
  }

  /** Says what came out of a run. */
  void summarize(TableRun.Result result) {
    Console console = options.console();
    String path = directory.path().toAbsolutePath().normalize().toString();
    console.result(new Summary(path, result));
    long inputs = result.columns().stream().filter(TableRun.ColumnResult::input).count();
    console.line(
        "%s: %,d rows, %d of %d columns used, trained in %.1f s",
        Path.of(result.data()).getFileName(),
        result.rows(),
        inputs,
        result.columns().size(),
        result.seconds());
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
          "anomalies    %,d of the rows are flagged, score above %.3f",
          result.evaluation().anomalies(), result.threshold());
    }
    result.columns().stream()
        .filter(column -> column.name().equals(result.label()))
        .forEach(label -> console.line("predicted    %s: %s", label.name(), label.reason()));
    if (result.evaluation().label() != null) {
      console.line(
          "label        %s, on the rows trained on", described(result.evaluation().label()));
    }
    console.line("Model, report.html and report.json are in %s", path);
  }

  /** "income: accuracy 0.850, F1 0.791" or "age: RMSE 3.1, of predicting the mean 5.2". */
  static String described(TableEvaluation.LabelResult label) {
    return label.accuracy() == null
        ? String.format(
            Locale.ROOT,
            "%s: RMSE %.4g, of predicting the mean %.4g",
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
