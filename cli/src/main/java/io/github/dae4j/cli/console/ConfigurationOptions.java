package io.github.dae4j.cli.console;

import io.github.dae4j.cli.config.Configuration;
import io.github.dae4j.cli.config.DataConfiguration;
import io.github.dae4j.cli.config.ExperimentConfiguration;
import io.github.dae4j.cli.config.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What is otherwise than in a configuration file. */
public final class ConfigurationOptions {

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Overrides a key of the file; repeatable: pretraining.epochs=3, stack.layers[0].units=200.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--data",
      paramLabel = "drawn|mnist|DIR",
      description =
          "Short for --set: synthetic digits (data.source=drawn), MNIST, downloaded once"
              + " (data.source=mnist), or MNIST's files in a folder (data.directory=DIR too)."
              + " Replaces the configuration's own folder.")
  private String data;

  /** The configuration with all overrides, and no path that depends on the working directory. */
  public Configuration readAny(Path configuration) {
    List<String> all = new ArrayList<>(overrides);
    all.addAll(digits());
    Configuration read = YamlReader.readAny(configuration, all);
    List<String> whole =
        read.data().locations().stream()
            .filter(location -> !location.path().isAbsolute())
            .map(DataConfiguration.Location::override)
            .toList();
    if (whole.isEmpty()) {
      return read;
    }
    all.addAll(whole);
    return YamlReader.readAny(configuration, all);
  }

  /**
   * The same of an experiment on images.
   *
   * @throws OptionException if it is of a table
   */
  public ExperimentConfiguration read(Path configuration) {
    if (readAny(configuration) instanceof ExperimentConfiguration experiment) {
      return experiment;
    }
    throw OptionException.of(configuration.toString(), "is the configuration of a table");
  }

  /** A configuration that was made of options, with what --set says otherwise. */
  public Configuration over(Configuration made) {
    OptionException.require("--data", "left out without a configuration", data == null, data);
    return overrides.isEmpty()
        ? made
        : YamlReader.readAny("the configuration", made.toYaml(), overrides);
  }

  private List<String> digits() {
    OptionException.require("--data", "drawn, mnist or a folder", !"".equals(data), "nothing");
    if (data == null) {
      return List.of();
    }
    return data.equals("drawn") || data.equals("mnist")
        ? List.of("data.source=" + data, "data.directory=null")
        : List.of(
            "data.source=mnist",
            new DataConfiguration.Location("directory", Path.of(data)).override());
  }
}
