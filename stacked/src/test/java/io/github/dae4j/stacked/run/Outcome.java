package io.github.dae4j.stacked.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.stacked.PretrainableNetwork;
import io.github.dae4j.stacked.finetuning.FineTuningResult;
import io.github.dae4j.stacked.internal.SealedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/**
 * What must be the same however a run came about: the model's file to the byte, and all numbers but
 * times.
 */
record Outcome(
    String fineTuning,
    List<String> pretraining,
    String configuration,
    float[] parameters,
    String model) {

  static Outcome of(TrainingResult result, Path folder) throws IOException {
    PretrainableNetwork network = result.stack().network();
    Path file = folder.resolve("model.zip");
    result.stack().save(file, true);
    return new Outcome(
        result.fineTuning() == null ? "" : of(result.fineTuning()),
        result.pretraining().stream()
            .map(layer -> layer.toString().replaceAll("seconds=[^,]*", ""))
            .toList(),
        network.getLayerWiseConfigurations().toJson(),
        network.params().toFloatVector(),
        HexFormat.of().formatHex(SealedFile.sha256().digest(Files.readAllBytes(file))));
  }

  private static String of(FineTuningResult result) {
    return result.toString().replaceAll("seconds=[^\\]]*", "");
  }

  /** Fails with the first of these that differs. */
  void requireSameAs(Outcome other) {
    assertThat(fineTuning).isEqualTo(other.fineTuning);
    assertThat(pretraining).isEqualTo(other.pretraining);
    assertThat(configuration).isEqualTo(other.configuration);
    assertThat(parameters).containsExactly(other.parameters);
    assertThat(model).isEqualTo(other.model);
  }
}
