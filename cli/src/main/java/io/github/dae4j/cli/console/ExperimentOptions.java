package io.github.dae4j.cli.console;

import io.github.dae4j.cli.config.ExperimentConfiguration;
import io.github.dae4j.cli.experiment.Experiment;
import io.github.dae4j.datasets.DataException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;

/** What studies have in common that run by a configuration and report errors of validation. */
public final class ExperimentOptions extends OutputOptions {

  @Mixin private ConfigurationOptions settings;
  @Mixin private ThreadsOption threads;

  /** The configuration with all overrides; the other options are checked as well. */
  public ExperimentConfiguration read(Path configuration) {
    threads.require();
    ExperimentConfiguration read = settings.read(configuration);
    if (!read.data().isValidated()) {
      throw new DataException(
          configuration
              + ": data.validation must be >= 1 for a study, which reports its error, got 0");
    }
    return read;
  }

  /** Starts ND4J and opens the images. */
  public Experiment open(ExperimentConfiguration read) {
    startQuietly(threads.or(read));
    try (Stages stages = stages()) {
      return Experiment.open(read, stages);
    }
  }
}
