package io.github.dae4j.cli.experiment;

import io.github.dae4j.cli.config.Configuration;
import io.github.dae4j.cli.config.ExperimentConfiguration;
import io.github.dae4j.cli.config.YamlReader;
import io.github.dae4j.internal.file.OutputFolder;
import io.github.dae4j.internal.file.WholeFile;
import io.github.dae4j.report.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a run's files are, besides the checkpoints, which training keeps there too. */
public record RunFiles(Path path) {

  /** The configuration that is in force, overrides included; written first. */
  public Path configuration() {
    return path.resolve("configuration.yaml");
  }

  /** The trained stack. */
  public Path model() {
    return path.resolve("model.zip");
  }

  /** What came out, in numbers; written last. */
  public Path report() {
    return path.resolve("report.json");
  }

  /** The run for a person to read, in one file. */
  public Path page() {
    return path.resolve("report.html");
  }

  /** The filters of a layer: filters.png of layer 0, filters-1.png of layer 1. */
  Path filters(int layer) {
    return path.resolve(layer == 0 ? "filters.png" : "filters-%d.png".formatted(layer));
  }

  /** Test images, the same corrupted, and reconstructed from that. */
  Path examples() {
    return path.resolve("examples.png");
  }

  /** The loss of each layer over the epochs of its pretraining. */
  Path pretrainingCurves() {
    return path.resolve("pretraining.png");
  }

  /** The loss over the epochs of fine-tuning. */
  Path fineTuningCurves() {
    return path.resolve("fine-tuning.png");
  }

  /** Whether a run was begun here. */
  public boolean hasRun() {
    return Files.exists(configuration());
  }

  /** What a run that begins would take for its own: as if it had finished, or had a checkpoint. */
  public Optional<Path> leftover() {
    return Stream.of(model(), report(), checkpoints()).filter(Files::exists).findFirst();
  }

  /**
   * Keeps others out until it is closed; comes before anything is written.
   *
   * @throws io.github.dae4j.datasets.DataException if another command is training here
   */
  public RunLock lock() {
    return RunLock.of(this);
  }

  /** Writes the configuration under the lock, if it is not there. */
  public void begin(Configuration configuration, RunLock lock) {
    if (hasRun()) {
      return;
    }
    OutputFolder.require(path);
    WholeFile.writeWithFolders(
        configuration(), out -> out.write(configuration.toYaml().getBytes(StandardCharsets.UTF_8)));
    try {
      lock.takeConfiguration();
    } catch (IOException e) {
      throw new UncheckedIOException(configuration() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Forgets a run of which nothing is trained, as of a table that cannot be learnt: {@link
   * RunLock#close} then leaves the folder as it was before.
   */
  public void withdraw() {
    try {
      if (!Files.exists(checkpoints())) {
        Files.deleteIfExists(configuration());
      }
    } catch (IOException e) {
      // The run stays, and fails again when it is resumed.
    }
  }

  /** Reads the configuration of the run that was begun here. */
  public ExperimentConfiguration read() {
    return YamlReader.read(configuration(), List.of());
  }

  /** The configuration of images or of a table. */
  public Configuration readAny(List<String> overrides) {
    return YamlReader.readAny(configuration(), overrides);
  }

  /** What is kept of a training that is not finished: checkpoints, or the networks of a table. */
  public Path checkpoints() {
    return path.resolve("checkpoints");
  }

  /** When they are of no more use. */
  public void deleteCheckpoints() {
    try (Stream<Path> files = Files.list(checkpoints())) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(checkpoints());
    } catch (IOException e) {
      // They are in the way of nothing but their space.
    }
  }

  /** The report of a run that has finished, and whose model is there. */
  public Optional<TrainingReport> finished() {
    return finished(TrainingReport.class);
  }

  /** The same of a run whose report is of another kind. */
  public <R extends Record> Optional<R> finished(Class<R> kind) {
    return Files.exists(report()) && Files.exists(model())
        ? Optional.of(Report.read(report(), kind))
        : Optional.empty();
  }
}
