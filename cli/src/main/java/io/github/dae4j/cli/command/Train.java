package io.github.dae4j.cli.command;

import io.github.dae4j.cli.config.Configuration;
import io.github.dae4j.cli.config.ExperimentConfiguration;
import io.github.dae4j.cli.config.ImageData;
import io.github.dae4j.cli.config.TableConfiguration;
import io.github.dae4j.cli.console.ConfigurationOptions;
import io.github.dae4j.cli.console.OptionException;
import io.github.dae4j.cli.csv.CsvMap;
import io.github.dae4j.cli.experiment.RunFiles;
import io.github.dae4j.datasets.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains on a table, on images, or as a configuration file says. */
@Command(
    name = "train",
    sortOptions = false,
    description = {
      "Trains on a CSV file, on images, or from a configuration file.",
      "Ctrl-C writes a checkpoint; 'resume' continues from it, or after a crash from the last one."
    })
public final class Train implements Callable<Integer> {

  private static final List<String> TABLES =
      List.of(
          "--label",
          "--contamination",
          "--updates",
          "--column",
          "--separator",
          "--decimal",
          "--header",
          "--missing",
          "--encoding");

  @Parameters(
      paramLabel = "DATA",
      arity = "0..1",
      description =
          "A CSV file, gzipped or not, or - for standard input; a folder of images, whose sub-folders"
              + " are labels, or of IDX files; a .npy file of images; or a configuration, CONFIG.yaml,"
              + " whose keys configs/README.md lists. Left out with --jdbc.")
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

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    options.require();
    OptionException.require(
        "--output", "a folder", output == null || !output.toString().isEmpty(), "nothing");
    Configuration configuration = configuration();
    RunFiles directory = free(output == null ? defaultOutput() : output);
    if (configuration instanceof TableConfiguration ofTable) {
      options.requireNoPages();
      return new TableTrainer(options, directory, () -> requireFree(directory)).run(ofTable);
    }
    ExperimentConfiguration experiment = (ExperimentConfiguration) configuration;
    requireSomethingToTrain(experiment);
    requireOutside(directory.path(), experiment.data());
    return new Training(options, directory, () -> requireFree(directory)).run(experiment);
  }

  private Configuration configuration() {
    if (table.isQuery()) {
      OptionException.require("DATA", "left out with --jdbc", data == null, data);
      requireLeftOut("a query", ImageTraining.OPTIONS);
      return settings.over(table.configuration(null));
    }
    if (data == null) {
      throw new ParameterException(command.commandLine(), "Missing required parameter: 'DATA'");
    }
    OptionException.require("DATA", "a file or a folder", !data.isEmpty(), "nothing");
    if (ImageTraining.areImages(data)) {
      requireLeftOut("images", TABLES);
      return settings.over(images.configuration(Path.of(data), table.seed(), this::say));
    }
    if (data.toLowerCase(Locale.ROOT).matches(".*\\.ya?ml")) {
      requireLeftOut("a configuration, which says it, or --set", TABLES);
      requireLeftOut("a configuration, which says it, or --set", ImageTraining.OPTIONS);
      requireLeftOut("a configuration, which says it, or --set", List.of("--seed"));
      return settings.readAny(Path.of(data));
    }
    requireLeftOut("a table", ImageTraining.OPTIONS);
    return settings.over(table.configuration(located()));
  }

  private void say(String what) {
    if (!options.console().isQuiet()) {
      options.console().line("%s", what);
    }
  }

  /** A file that is there. */
  private String located() {
    if (isStandard() || data.contains("*")) {
      return data;
    }
    if (!Files.exists(Path.of(data))) {
      throw new DataException(data + ": no such file, or it cannot be read");
    }
    return data;
  }

  private void requireLeftOut(String of, List<String> names) {
    OptionException.requireLeftOut(command.commandLine(), of, names);
  }

  private boolean isStandard() {
    return CsvMap.STANDARD.equals(data);
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

  /** The run's pictures would be read as data, by whatever reads them again. */
  private static void requireOutside(Path directory, ImageData data) {
    if (data instanceof ImageData.Files files && OutputPath.isWithin(directory, files.images())) {
      throw new DataException(
          "%s: must lie outside of %s, whose images the run's pictures would join: name another"
                  .formatted(directory, files.images())
              + " --output");
    }
  }

  private void requireSomethingToTrain(ExperimentConfiguration read) {
    if (read.pretraining() == null && read.fineTuning() == null) {
      throw new DataException(
          data + ": there is nothing to train, neither pretraining nor fine-tuning");
    }
  }

  private Path defaultOutput() {
    if (data == null || isStandard() || data.contains("*")) {
      return Path.of("output", "table");
    }
    Path name = Path.of(data).toAbsolutePath().normalize().getFileName();
    String folder = name == null ? "" : name.toString();
    return Path.of(
        "output",
        folder.replaceFirst(
            "(?i)\\.(ya?ml|npy|(csv|tsv|txt|parquet|jsonl|ndjson|json)(\\.gz)?)$", ""));
  }
}
