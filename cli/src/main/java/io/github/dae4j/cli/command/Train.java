package io.github.dae4j.cli.command;

import io.github.dae4j.cli.config.ExperimentConfiguration;
import io.github.dae4j.cli.console.ConfigurationOptions;
import io.github.dae4j.cli.console.OptionException;
import io.github.dae4j.cli.csv.CsvMap;
import io.github.dae4j.cli.experiment.RunFiles;
import io.github.dae4j.datasets.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains on a table, on images, or as a configuration file says. */
@Command(
    name = "train",
    sortOptions = false,
    description = {
      "Trains on a CSV file, on images, or from a configuration file.",
      "With a configuration, Ctrl-C writes a checkpoint; 'resume' continues from it, or after a crash"
          + " from the last checkpoint."
    })
public final class Train implements Callable<Integer> {

  @Parameters(
      paramLabel = "DATA",
      description =
          "A CSV file, gzipped or not, or - for standard input; a folder of images, whose sub-folders"
              + " are labels, or of IDX files; a .npy file of images; or a configuration, CONFIG.yaml,"
              + " whose keys configs/README.md lists.")
  private String data;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Output folder; by default output/ and the file's name.")
  private Path output;

  @Mixin private TableTraining table;

  @Mixin private ImageTraining images;

  @Mixin private ConfigurationOptions settings;

  @Mixin private TrainingOptions options;

  @Override
  public Integer call() {
    options.require();
    OptionException.require(
        "--output", "a folder", output == null || !output.toString().isEmpty(), "nothing");
    String lower = data.toLowerCase(Locale.ROOT);
    boolean isFolder = !isStandard() && Files.isDirectory(Path.of(data));
    if (isFolder || lower.endsWith(".npy")) {
      RunFiles directory = free(output == null ? defaultOutput() : output);
      return images.run(
          Path.of(data), table.seed(), directory, options, () -> requireFree(directory));
    }
    if (lower.matches(".*\\.ya?ml")) {
      return train(settings.read(Path.of(data)));
    }
    if (!isStandard() && !Files.exists(Path.of(data))) {
      throw new DataException(data + ": no such file, or it cannot be read");
    }
    RunFiles directory = free(output == null ? defaultOutput() : output);
    return table.run(data, directory, options, () -> requireFree(directory));
  }

  private boolean isStandard() {
    return data.equals(CsvMap.STANDARD);
  }

  private int train(ExperimentConfiguration read) {
    requireSomethingToTrain(read);
    RunFiles directory = free(output == null ? defaultOutput() : output);
    return new Training(options, directory, () -> requireFree(directory)).run(read);
  }

  private static RunFiles free(Path path) {
    RunFiles directory = new RunFiles(path);
    requireFree(directory);
    return directory;
  }

  private static void requireFree(RunFiles directory) {
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
          data + ": there is nothing to train, neither pretraining nor fine-tuning");
    }
  }

  private Path defaultOutput() {
    if (isStandard()) {
      return Path.of("output", "table");
    }
    Path name = Path.of(data).toAbsolutePath().normalize().getFileName();
    String folder = name == null ? "" : name.toString();
    return Path.of("output", folder.replaceFirst("(?i)\\.(ya?ml|npy|(csv|tsv|txt)(\\.gz)?)$", ""));
  }
}
