package io.github.dae4j.cli.command;

import io.github.dae4j.cli.config.ExperimentConfiguration;
import io.github.dae4j.cli.console.CommandRunner;
import io.github.dae4j.cli.console.ConfigurationOptions;
import io.github.dae4j.cli.experiment.RunFiles;
import io.github.dae4j.cli.experiment.TrainingReport;
import io.github.dae4j.datasets.DataException;
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
      paramLabel = "DIR",
      description = "Where the files of MNIST are now, if they have moved.")
  private Path data;

  @Mixin private TrainingOptions options;

  @Override
  public Integer call() {
    options.require();
    RunFiles directory = new RunFiles(path);
    if (!directory.hasRun()) {
      throw new DataException(
          "%s holds no run: there is no %s"
              .formatted(path, directory.configuration().getFileName()));
    }
    Training training = new Training(options, directory, () -> {});
    Optional<TrainingReport> finished = directory.finished();
    if (finished.isEmpty()) {
      return training.run(configuration(directory));
    }
    options.console().line("The run has finished.");
    training.summarize(finished.get());
    return CommandRunner.OK;
  }

  private ExperimentConfiguration configuration(RunFiles directory) {
    return directory.read(data == null ? List.of() : List.of(ConfigurationOptions.directory(data)));
  }
}
