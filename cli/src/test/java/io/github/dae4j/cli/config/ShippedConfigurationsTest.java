package io.github.dae4j.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.cli.config.FineTuningConfiguration.Objective;
import io.github.dae4j.cli.config.FineTuningConfiguration.PatienceConfiguration;
import io.github.dae4j.cli.config.StackConfiguration.LayerConfiguration;
import io.github.dae4j.cli.config.UpdaterConfiguration.RateConfiguration;
import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.stacked.finetuning.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of configs are read, and say what they promise. */
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
    Configuration configuration = YamlReader.readAny(file, List.of());
    assertThat(YamlReader.readAny("effective", configuration.toYaml(), List.of()))
        .isEqualTo(configuration);
  }

  /** Tests run in the module's folder, which has no configs: as a user who has the jar alone. */
  @ParameterizedTest
  @MethodSource("files")
  void theJarHasThem(Path file) {
    Path name = Path.of("configs").resolve(file.getFileName());
    assertThat(name).doesNotExist();
    assertThat(YamlReader.readAny(name, List.of())).isEqualTo(YamlReader.readAny(file, List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"configs/none.yaml", "configs/../configs/quickstart.yaml", "quickstart.yaml"})
  void theJarHasNoOthers(Path name) {
    assertThatThrownBy(() -> YamlReader.read(name, List.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(name + ": there is no such file");
  }

  /** SdA.py: test_SdA's arguments, and the numbers in its body. */
  @Test
  void theTutorialsSettingsAreToTheLetter() {
    ExperimentConfiguration read =
        YamlReader.read(FOLDER.resolve("mnist-sda-tutorial.yaml"), List.of());
    assertThat(read.stack().layers())
        .containsExactly(
            new LayerConfiguration(1000, new MaskingCorruption(0.1)),
            new LayerConfiguration(1000, new MaskingCorruption(0.2)),
            new LayerConfiguration(1000, new MaskingCorruption(0.3)));
    assertThat(read.stack().initialization()).isEqualTo(WeightInit.SIGMOID_UNIFORM);
    assertThat(read.stack().outputInitialization()).isEqualTo(WeightInit.ZERO);
    assertThat(read.pretraining())
        .isEqualTo(new PretrainingConfiguration(15, 1, sgd(0.001), false, null, null));
    assertThat(read.fineTuning())
        .isEqualTo(
            new FineTuningConfiguration(
                Objective.CLASSIFICATION,
                1000,
                1,
                sgd(0.1),
                false,
                new PatienceConfiguration(10, 2, 0.005),
                null,
                0,
                null,
                null));
    assertThat(read.fineTuning().patience().of(50_000)).isEqualTo(Patience.ofTutorial(50_000));
  }

  /** dA.py. */
  @Test
  void theTutorialsSingleLayerIsAsInItsScript() {
    ExperimentConfiguration read = YamlReader.read(FOLDER.resolve("mnist-da.yaml"), List.of());
    assertThat(read.stack().layers())
        .containsExactly(new LayerConfiguration(500, new MaskingCorruption(0.3)));
    assertThat(read.pretraining())
        .isEqualTo(new PretrainingConfiguration(15, 20, sgd(0.1), false, null, null));
    assertThat(read.fineTuning()).isNull();
  }

  private static UpdaterConfiguration sgd(double rate) {
    return new UpdaterConfiguration.Sgd(RateConfiguration.constant(rate));
  }
}
