package io.github.dae4j.cli.command;

import io.github.dae4j.cli.config.ConfiguredDefaults;
import io.github.dae4j.cli.config.ExperimentConfiguration;
import io.github.dae4j.cli.console.OptionException;
import io.github.dae4j.cli.csv.CsvMap;
import io.github.dae4j.datasets.IdxFolder;
import io.github.dae4j.datasets.ImageFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The configuration that train has for images which are given without one. */
final class ImageTraining {

  static final List<String> OPTIONS = List.of("--size", "--color", "--grey");

  @Option(
      names = "--size",
      paramLabel = "HEIGHTxWIDTH",
      description = "Of a folder of images: scales them to this; that of the first by default.")
  private String size;

  @Option(
      names = {"--color", "--colour"},
      description = "Of a folder of images: takes all in colour; as the first by default.")
  private boolean colour;

  @Option(
      names = {"--grey", "--gray"},
      description = "Of a folder of images: takes all in grey.")
  private boolean grey;

  /** Whether data are a folder or a .npy file rather than a table. */
  static boolean areImages(String data) {
    return !CsvMap.STANDARD.equals(data)
        && (data.toLowerCase(Locale.ROOT).endsWith(".npy") || Files.isDirectory(Path.of(data)));
  }

  /**
   * Of a folder or a .npy file.
   *
   * @param said is told what a person may not expect
   * @throws DataException if a folder holds nothing to train on, naming what it holds
   */
  ExperimentConfiguration configuration(Path data, long seed, Consumer<String> said) {
    int[] wanted = size == null ? null : OptionException.size("--size", size);
    OptionException.require("--grey", "left out beside --color", !(grey && colour), "both");
    boolean isFile = Files.isRegularFile(data);
    boolean isIdx = !isFile && IdxFolder.isIn(data);
    boolean isFolder = !isFile && !isIdx;
    List<String> settings = new ArrayList<>();
    if (isFolder && wanted != null) {
      settings.add("data.size=[%d, %d]".formatted(wanted[0], wanted[1]));
    }
    if (isFolder && (colour || grey)) {
      settings.add("data.color=" + colour);
    }
    List<String> classes = isFolder ? ImageFolder.classes(data) : List.of();
    if (classes.size() == 1) {
      said.accept(
          "%s: all images are of one class, '%s': trained without labels"
              .formatted(data, classes.get(0)));
    }
    return ConfiguredDefaults.ofImages(
        isIdx ? "idx" : "images", data, isIdx || classes.size() > 1, seed, settings);
  }
}
