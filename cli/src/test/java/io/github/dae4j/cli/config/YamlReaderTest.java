package io.github.dae4j.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.cli.config.ExperimentConfiguration.CheckpointConfiguration;
import io.github.dae4j.cli.config.FineTuningConfiguration.DropoutConfiguration;
import io.github.dae4j.cli.config.FineTuningConfiguration.PatienceConfiguration;
import io.github.dae4j.cli.config.ImageData.BuiltIn;
import io.github.dae4j.cli.config.ImageData.BuiltIn.Source;
import io.github.dae4j.cli.config.StackConfiguration.LayerConfiguration;
import io.github.dae4j.corruption.ComposedCorruption;
import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.corruption.ExactMaskingCorruption;
import io.github.dae4j.corruption.GaussianCorruption;
import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.corruption.NoCorruption;
import io.github.dae4j.corruption.SaltAndPepperCorruption;
import io.github.dae4j.corruption.SwapCorruption;
import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.layer.Sparsity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;

class YamlReaderTest {

  @TempDir private Path folder;

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private static void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> YamlReader.read(file, List.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(file + message);
  }

  @Test
  void whatIsLeftOutHasItsDefault() {
    ExperimentConfiguration read = Documents.read(Documents.SHORT);
    assertThat(read)
        .isEqualTo(
            new ExperimentConfiguration(
                1,
                new BuiltIn(Source.DRAWN, null, 50_000, 10_000, 10_000, null, false),
                new StackConfiguration(
                    Activation.SIGMOID,
                    WeightInit.XAVIER,
                    true,
                    WeightInit.XAVIER,
                    null,
                    false,
                    true,
                    List.of(new LayerConfiguration(8, new NoCorruption()))),
                null,
                null,
                new CheckpointConfiguration(60),
                null));
  }

  @Test
  void corruptionsHaveShortNames() {
    assertThat(Documents.read(Documents.LONG).stack().layers())
        .extracting(LayerConfiguration::corruption)
        .containsExactly(
            new MaskingCorruption(0.3, 0.5),
            new ExactMaskingCorruption(0.1),
            new SaltAndPepperCorruption(0.2, -1, 1),
            new GaussianCorruption(0.4),
            new SwapCorruption(0.5),
            new NoCorruption());
  }

  @Test
  void penaltiesReachTheLayersTheyAreOf() {
    var stack = Documents.read(Documents.LONG).newStack(12, 3);
    for (int layer = 0; layer < 6; layer++) {
      var conf =
          (DenoisingAutoEncoder)
              stack.network().getLayerWiseConfigurations().getConf(layer).getLayer();
      assertThat(conf.getContraction()).isEqualTo(layer == 5 ? 0.1 : 0);
      assertThat(conf.getSparsity()).isEqualTo(layer == 5 ? new Sparsity(0.05, 3) : Sparsity.NONE);
    }
  }

  @Test
  void theEffectiveFormReadsBack() {
    for (String text : List.of(Documents.SHORT, Documents.LONG)) {
      ExperimentConfiguration read = Documents.read(text);
      assertThat(Documents.read(read.toYaml())).isEqualTo(read);
    }
    assertThat(Documents.read(Documents.SHORT).toYaml())
        .isEqualTo(
            """
            seed: 1
            data:
              source: drawn
              train: 50000
              validation: 10000
              test: 10000
              balanced: false
            stack:
              activation: sigmoid
              initialization: xavier
              tied: true
              output-initialization: xavier
              missing-allowed: false
              input-range-checked: true
              layers:
                - units: 8
                  corruption: none
                  contraction: 0.0
            checkpoint:
              seconds: 60
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"~", "null", "1.5", "true", "a: b", "#x", "- a", "\u00e9\t", "\"'", "*a"})
  void theEffectiveFormQuotesWhatReadsAsSomethingElse(String directory) {
    BuiltIn data = new BuiltIn(Source.MNIST, Path.of(directory), 10, 10, 10, null, false);
    ExperimentConfiguration other = Documents.read(Documents.SHORT);
    ExperimentConfiguration configuration =
        new ExperimentConfiguration(1, data, other.stack(), null, null, other.checkpoint(), null);
    assertThat(Documents.read(configuration.toYaml())).isEqualTo(configuration);
  }

  @Test
  void aFileMayBeginWithAByteOrderMark() throws IOException {
    Path file = file("a.yaml", ("\uFEFF" + Documents.SHORT).getBytes(StandardCharsets.UTF_8));
    assertThat(YamlReader.read(file, List.of())).isEqualTo(Documents.read(Documents.SHORT));
  }

  @Test
  void anAnchorStandsForItsValue() {
    String text = Documents.SHORT.replace("8", "&n 8") + "threads: *n\n";
    assertThat(Documents.read(text).threads()).isEqualTo(8);
  }

  @Test
  void whatIsNoTextIsRefused() throws IOException {
    assertRefused(folder.resolve("none.yaml"), ": there is no such file");
    assertRefused(folder, ": cannot be read: Is a directory");
    byte[] latin = "seed: 1\n# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    assertRefused(file("latin.yaml", latin), ":2:6: a character is not in UTF-8");
    assertRefused(file("large.yaml", new byte[(1 << 20) + 1]), ": must have at most 1048576 bytes");
    assertRefused(
        file("tab.yaml", "seed:\n\t1".getBytes(StandardCharsets.UTF_8)),
        ":2:1: no YAML: found character '\\t(TAB)' that cannot start any token. (Do not use"
            + " \\t(TAB) for indentation)");
  }

  @Test
  void codeIsCheckedByTheSameRules() {
    assertThatThrownBy(() -> new PatienceConfiguration(0, 2, 0.9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("PatienceConfiguration epochs must be in [1, 1000000], got 0");
    assertThatThrownBy(() -> new DropoutConfiguration(Double.NaN, 0))
        .hasMessage("DropoutConfiguration input must be in [0, 1), got NaN");
    assertThatThrownBy(() -> new LayerConfiguration(3, null))
        .hasMessage("LayerConfiguration corruption must be given");
    Corruption composed = new ComposedCorruption(new NoCorruption());
    assertThatThrownBy(() -> new LayerConfiguration(3, composed))
        .hasMessageStartingWith(
            "LayerConfiguration corruption must be none, or a map with one of masking,");
    Corruption ofColumns = new MaskingCorruption(0.1, 0.2, 0.3); // YAML would tell but the first
    assertThatThrownBy(() -> new LayerConfiguration(3, ofColumns))
        .hasMessage("LayerConfiguration corruption.masking.fill must be a number, got [0.2, 0.3]");
  }
}
