package io.github.dae4j.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.dae4j.cli.config.ConfigurationException;
import io.github.dae4j.cli.config.ExperimentConfiguration;
import io.github.dae4j.cli.config.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A configuration is read, and its own YAML read as the same, or refused with its place. */
class ConfigurationFuzzTest {

  @FuzzTest
  void yaml(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    try {
      ExperimentConfiguration read = YamlReader.read("a.yaml", text, List.of());
      assertThat(YamlReader.read("a.yaml", read.toYaml(), List.of())).isEqualTo(read);
    } catch (ConfigurationException e) {
      assertThat(e.getMessage()).matches("a\\.yaml:\\d+:\\d+: \\P{Cntrl}+");
    }
  }
}
