package io.github.dae4j.stacked.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedConfigurationsTest {

  static final Path FOLDER = Path.of("..", "configs");

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void readsBackAsItsEffectiveForm(Path file) {
    ExperimentConfiguration configuration = YamlReader.read(file, List.of());
    assertThat(YamlReader.read("effective", configuration.toYaml(), List.of()))
        .isEqualTo(configuration);
  }
}
