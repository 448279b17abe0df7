package io.github.dae4j.cli.command;

import io.github.dae4j.cli.config.ExperimentConfiguration;
import io.github.dae4j.cli.console.ConfigurationOptions;
import io.github.dae4j.cli.console.OptionException;
import io.github.dae4j.cli.experiment.RunDirectory;
import io.github.dae4j.datasets.DataException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains as a configuration file says. */
@Command(
    name = "train",
    sortOptions = false,
    description = {
      "Trains a stack from a configuration file.",
      "Ctrl-C writes a checkpoint; 'resume' continues from it, or after a crash from the last"
          + " checkpoint."
    })
public final class Train implements Callable<Integer> {

  @Parameters(
      paramLabel = "CONFIG.yaml",
      description = "The configuration; configs/README.md lists all keys.")
  private Path configuration;

  @Mixin private ConfigurationOptions settings;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Output folder; by default output/ and the file's name.")
  private Path output;

  @Mixin private TrainingOptions options;

  @Override
  public Integer call() {
    options.require();
    OptionException.require(
        "--output", "a folder", output == null || !output.toString().isEmpty(), "nothing");
    ExperimentConfiguration read = settings.read(configuration);
    requireSomethingToTrain(read);
    RunDirectory directory = new RunDirectory(output == null ? defaultOutput() : output);
    requireFree(directory);
    return new Training(options, directory, () -> requireFree(directory)).run(read);
  }

  private static void requireFree(RunDirectory directory) {
    if (directory.hasRun()) {
      throw new DataException(
          "%s already holds a run: resume it with 'dae4j resume %s', or name another --output"
              .formatted(directory.path(), directory.path()));
    }
    directory
        .leftover()
        .ifPresent(
            file -> {
              throw new DataException(file + " is there already: name another --output");
            });
  }

  private void requireSomethingToTrain(ExperimentConfiguration read) {
    if (read.pretraining() == null && read.fineTuning() == null) {
      throw new DataException(
          configuration + ": there is nothing to train, neither pretraining nor fine-tuning");
    }
  }

  private Path defaultOutput() {
    String name = configuration.getFileName().toString().replaceFirst("\\.ya?ml$", "");
    return Path.of("output", name);
  }
}
