package io.github.dae4j.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.cli.config.DataConfiguration.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ConfigurationOptionsTest {

  @TempDir private Path folder;

  /** A run can then be resumed from any folder. */
  @Test
  void everyPathOfTheDataIsWhole() throws IOException {
    Path yaml =
        Files.writeString(
            folder.resolve("two.yaml"),
            "{data: {problem: bg-img, photos: photos, directory: mnist},"
                + " stack: {layers: [{units: 8}]}, pretraining: {}}");
    ConfigurationOptions options = CommandLine.populateCommand(new ConfigurationOptions());
    assertThat(options.readAny(yaml).data().locations())
        .containsExactly(
            new Location("photos", Path.of("photos").toAbsolutePath()),
            new Location("directory", Path.of("mnist").toAbsolutePath()));
  }
}
