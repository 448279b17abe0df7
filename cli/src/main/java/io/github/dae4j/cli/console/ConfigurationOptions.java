package io.github.dae4j.cli.console;

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
  public ExperimentConfiguration read(Path configuration) {
    List<String> all = new ArrayList<>(overrides);
    all.addAll(digits());
    ExperimentConfiguration read = YamlReader.read(configuration, all);
    Path directory = read.data().directory();
    if (directory == null || directory.isAbsolute()) {
      return read;
    }
    all.add(directory(directory));
    return YamlReader.read(configuration, all);
  }

  private List<String> digits() {
    OptionException.require("--data", "drawn, mnist or a folder", !"".equals(data), "nothing");
    if (data == null) {
      return List.of();
    }
    return data.equals("drawn") || data.equals("mnist")
        ? List.of("data.source=" + data, "data.directory=null")
        : List.of("data.source=mnist", directory(Path.of(data)));
  }

  /** The override of the digits' directory by an absolute path. */
  public static String directory(Path path) {
    return "data.directory='%s'".formatted(path.toAbsolutePath().toString().replace("'", "''"));
  }
}
