package io.github.dae4j.cli.command;

import io.github.dae4j.cli.config.Configuration;
import io.github.dae4j.cli.config.DataConfiguration;
import io.github.dae4j.cli.config.ExperimentConfiguration;
import io.github.dae4j.cli.config.ImageData;
import io.github.dae4j.cli.config.TableConfiguration;
import io.github.dae4j.cli.config.TableData;
import io.github.dae4j.cli.console.CommandRunner;
import io.github.dae4j.cli.console.OptionException;
import io.github.dae4j.cli.csv.CsvMap;
import io.github.dae4j.cli.experiment.RunFiles;
import io.github.dae4j.cli.experiment.TrainingReport;
import io.github.dae4j.cli.table.TableRun;
import io.github.dae4j.datasets.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Goes on with a run. */
@Command(
    name = "resume",
    sortOptions = false,
    description = {
      "Resumes an interrupted run.",
      "Training continues from the last checkpoint with the same results as without the interruption;"
          + " of a finished run the result is shown."
    })
public final class Resume implements Callable<Integer> {

  @Parameters(paramLabel = "DIR", description = "The --output of train.")
  private Path path;

  @Option(
      names = "--data",
      paramLabel = "PATH",
      description = "Where the data are now, if they have moved.")
  private Path data;

  @Mixin private TrainingOptions options;

  @Override
  public Integer call() {
    options.require();
    OptionException.require("DIR", "a folder", !path.toString().isEmpty(), "nothing");
    RunFiles directory = new RunFiles(path);
    if (!directory.hasRun()) {
      throw new DataException(
          "%s holds no run: there is no %s"
              .formatted(path, directory.configuration().getFileName()));
    }
    Configuration configuration = configuration(directory);
    if (configuration instanceof TableConfiguration table) {
      return resume(table, directory);
    }
    Training training = new Training(options, directory, () -> {});
    Optional<TrainingReport> finished = directory.finished();
    if (finished.isEmpty()) {
      requireThere(configuration.data());
      return training.run((ExperimentConfiguration) configuration);
    }
    options.console().line("The run has finished.");
    training.summarize(finished.get());
    return CommandRunner.OK;
  }

  private int resume(TableConfiguration table, RunFiles directory) {
    options.requireNoPages();
    TableTrainer trainer = new TableTrainer(options, directory, () -> {});
    Optional<TableRun.Result> finished = directory.finished(TableRun.Result.class);
    if (finished.isPresent()) {
      options.console().line("The run has finished.");
      trainer.summarize(finished.get());
      return CommandRunner.OK;
    }
    requireThere(table.data());
    if (table.data() instanceof TableData.File file && file.table().equals(CsvMap.STANDARD)) {
      throw new DataException(
          "%s: its table came from standard input; name it with --data, or train again"
              .formatted(path));
    }
    return trainer.run(table);
  }

  private static void requireThere(DataConfiguration data) {
    gone(data)
        .map(DataConfiguration.Location::path)
        .ifPresent(
            path -> {
              throw new DataException(
                  path
                      + ": no such file or folder; --data says where the data are, if they have moved");
            });
  }

  private Configuration configuration(RunFiles directory) {
    Configuration read = directory.readAny(List.of());
    if (data == null) {
      return read;
    }
    String key =
        gone(read.data())
            .or(() -> read.data().locations().stream().findFirst())
            .map(DataConfiguration.Location::key)
            .orElseGet(() -> keyOfOthers(read.data()));
    return directory.readAny(List.of(new DataConfiguration.Location(key, data).override()));
  }

  /** The first place at which there is nothing. */
  private static Optional<DataConfiguration.Location> gone(DataConfiguration data) {
    return data.locations().stream().filter(place -> !Files.exists(place.path())).findFirst();
  }

  /** Of data that came from no file of the user's, and may do so now. */
  private String keyOfOthers(DataConfiguration of) {
    if (of instanceof TableData.File) {
      return "table"; // from standard input
    }
    boolean isMnist =
        of instanceof ImageData.BuiltIn built && built.source() == ImageData.BuiltIn.Source.MNIST
            || of instanceof ImageData.Factors factors
                && factors.problem().isOfDigits()
                && factors.digits() == ImageData.Factors.Digits.MNIST;
    OptionException.require(
        "--data",
        "left out: the data of this run are "
            + (of instanceof TableData.Query ? "those of a query" : "drawn"),
        isMnist,
        data);
    return "directory"; // of what was downloaded
  }
}
