package io.github.dae4j.cli.console;

import io.github.dae4j.cli.config.ExperimentConfiguration;
import io.github.dae4j.cli.experiment.Experiment;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;

/** What mains have in common that run by a configuration. */
public final class ExperimentOptions extends OutputOptions {

  @Mixin private ConfigurationOptions settings;
  @Mixin private ThreadsOption threads;

  /** The configuration with all overrides; the other options are checked as well. */
  public ExperimentConfiguration read(Path configuration) {
    threads.require();
    return settings.read(configuration);
  }

  /** Starts ND4J and opens the images. */
  public Experiment open(ExperimentConfiguration read) {
    startQuietly(threads.or(read));
    try (Stages stages = stages()) {
      return Experiment.open(read, stages);
    }
  }
}
