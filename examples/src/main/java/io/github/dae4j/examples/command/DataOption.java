package io.github.dae4j.examples.command;

import io.github.dae4j.examples.cli.OptionException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Other digits than the configuration's. */
final class DataOption {

  @Option(
      names = "--data",
      paramLabel = "drawn|mnist|DIR",
      description =
          "Short for --set: digits that this program draws (data.source=drawn), MNIST, downloaded"
              + " once (data.source=mnist), or MNIST's files in a folder (data.directory=DIR too).")
  private String data;

  /** What it sets in the configuration. */
  List<String> overrides() {
    OptionException.require("--data", "drawn, mnist or a folder", !"".equals(data), "nothing");
    if (data == null) {
      return List.of();
    }
    return data.equals("drawn") || data.equals("mnist")
        ? List.of("data.source=" + data)
        : List.of("data.source=mnist", directory(Path.of(data)));
  }

  /** The override of the directory by an absolute path. */
  static String directory(Path path) {
    return "data.directory='%s'".formatted(path.toAbsolutePath().toString().replace("'", "''"));
  }
}
