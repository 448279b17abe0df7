package io.github.dae4j.cli.config;

import java.nio.file.Path;
import java.util.List;

/** What a run learns from: images or a table. */
public sealed interface DataConfiguration permits ImageData, TableData {

  /** Where data lie that can move: the key below data, and the path. */
  record Location(String key, Path path) {

    /** The override that names this path: {@code data.table='/new/people.csv'}. */
    public String override() {
      return "data.%s='%s'"
          .formatted(key, path.toAbsolutePath().normalize().toString().replace("'", "''"));
    }
  }

  /** None of what is drawn, downloaded, queried or read from standard input. */
  List<Location> locations();
}
