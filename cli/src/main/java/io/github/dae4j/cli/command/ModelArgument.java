package io.github.dae4j.cli.command;

import io.github.dae4j.cli.backend.Backends;
import io.github.dae4j.cli.console.ThreadsOption;
import io.github.dae4j.cli.experiment.RunDirectory;
import io.github.dae4j.datasets.DataException;
import io.github.dae4j.internal.file.WholeFile;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The model that a command uses, and on how many threads. */
final class ModelArgument {

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
    return Files.isDirectory(model) ? new RunDirectory(model).model() : model;
  }

  /** Of what was killed while it wrote into the run's folder. */
  private void clearLeftovers() {
    if (Files.isDirectory(model)) {
      WholeFile.clearLeftovers(model);
    }
  }

  /** Starts ND4J and reads the model. */
  Model load() {
    ThreadsOption.require(threads);
    Backends.startQuietly(threads);
    try {
      clearLeftovers();
      return new Model(StackedDenoisingAutoEncoder.load(file()));
    } catch (IOException e) {
      throw new DataException(
          Files.exists(file()) ? e.getMessage() : file() + ": no such model", e);
    }
  }
}
