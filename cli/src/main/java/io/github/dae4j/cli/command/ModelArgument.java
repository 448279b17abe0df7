package io.github.dae4j.cli.command;

import io.github.dae4j.cli.backend.Backends;
import io.github.dae4j.cli.console.ThreadsOption;
import io.github.dae4j.cli.experiment.RunFiles;
import io.github.dae4j.datasets.DataException;
import io.github.dae4j.internal.file.WholeFile;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.table.TableModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The model that a command uses, and on how many threads. */
final class ModelArgument {

  /** How a model's file is read. */
  @FunctionalInterface
  private interface Loader<T> {
    T load(Path file) throws IOException;
  }

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A model.zip, or the directory of a run that has one.")
  private Path model;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "CPU threads (default: ${DEFAULT-VALUE}).")
  private int threads;

  /** The model's file. */
  Path file() {
    return Files.isDirectory(model) ? new RunFiles(model).model() : model;
  }

  int threads() {
    return threads;
  }

  /** Of what was killed while it wrote into the run's folder. */
  private void clearLeftovers() {
    if (Files.isDirectory(model)) {
      WholeFile.clearLeftovers(model);
    }
  }

  /** Starts ND4J and reads the model. */
  Model load() {
    return load(file -> new Model(StackedDenoisingAutoEncoder.load(file)));
  }

  /** Starts ND4J and reads a model of a table; none if it is of another kind. */
  Optional<TableModel> table() {
    requireFile();
    return TableModel.isIn(file()) ? Optional.of(load(TableModel::load)) : Optional.empty();
  }

  /**
   * The same.
   *
   * @throws DataException naming what only such models can do
   */
  TableModel requireTable(String task) {
    ThreadsOption.require(threads);
    return table()
        .orElseThrow(
            () ->
                new DataException(
                    "%s: is no model of a table, as 'dae4j train people.csv' makes, which '%s' needs"
                        .formatted(file(), task)));
  }

  private <T> T load(Loader<T> loader) {
    ThreadsOption.require(threads);
    requireFile();
    Backends.startQuietly(threads);
    try {
      clearLeftovers();
      return loader.load(file());
    } catch (IOException e) {
      throw new DataException(e.getMessage(), e);
    }
  }

  /** Before anything is said about other arguments, which depend on what the model is. */
  private void requireFile() {
    if (!Files.exists(file())) {
      throw new DataException(file() + ": no such model");
    }
  }
}
