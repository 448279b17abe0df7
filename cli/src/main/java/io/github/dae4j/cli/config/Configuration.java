package io.github.dae4j.cli.config;

/** What a configuration file says: an experiment on images, or the model of a table. */
public sealed interface Configuration permits ExperimentConfiguration, TableConfiguration {

  /** What the run learns from. */
  DataConfiguration data();

  /** Of the CPU, null where the file leaves it to who runs it. */
  Integer threads();

  /** The YAML, with all defaults in it, that {@link YamlReader} reads back as an equal record. */
  String toYaml();
}
