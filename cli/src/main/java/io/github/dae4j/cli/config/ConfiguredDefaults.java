package io.github.dae4j.cli.config;

import java.nio.file.Path;
import java.util.List;

/** Configurations of data that are given without one. */
public final class ConfiguredDefaults {

  private static final String IMAGES =
      """
      seed: %d
      data: {%s: '%s'}
      stack:
        layers:
          - {units: auto, corruption: auto}
      pretraining: {epochs: auto, updater: {adam: 0.001}}
      """;

  private static final String CLASSES =
      """
      fine-tuning: {epochs: auto, updater: {adam: 0.001}}
      """;

  private ConfiguredDefaults() {}

  /**
   * One layer, and a classifier where there are classes.
   *
   * @param key images or idx
   * @param overrides "key=value"
   */
  public static ExperimentConfiguration ofImages(
      String key, Path data, boolean hasClasses, long seed, List<String> overrides) {
    String path = data.toAbsolutePath().normalize().toString().replace("'", "''");
    return YamlReader.read(
        data.toString(),
        (IMAGES + (hasClasses ? CLASSES : "")).formatted(seed, key, path),
        overrides);
  }
}
