package io.github.dae4j.cli.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.dae4j.cli.Dae4j;
import io.github.dae4j.datasets.DrawnDigits;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class StackStudyTest {

  @TempDir private Path folder;

  @Test
  void pretrainingLowersTheTestErrorAndTheModelEncodes() throws IOException {
    int exitCode =
        Dae4j.execute(
            "study",
            "stacked-mnist",
            "--images=1000",
            "--layers=60,40",
            "--pretrain-epochs=3",
            "--epochs=4",
            "--output=" + folder);

    assertThat(exitCode).isZero();
    JsonNode report = new ObjectMapper().readTree(folder.resolve("report.json").toFile());
    assertThat(report.get("layers")).hasSize(2);
    double pretrained = report.get("pretrained").get("testError").asDouble();
    assertThat(pretrained).isLessThan(0.5);
    assertThat(pretrained).isLessThan(report.get("fromScratch").get("testError").asDouble());
    INDArray x = DrawnDigits.draw(5, 9).images();
    StackedDenoisingAutoEncoder model =
        StackedDenoisingAutoEncoder.load(folder.resolve("model.zip"));
    assertThat(model.encode(x).shape()).containsExactly(5, 40);
    assertThat(model.reconstruct(x).shape()).containsExactly(5, 784);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--layers=0",
        "--layers=5.5",
        "--layers=a",
        "--corruption=2",
        "--rate=-1",
        "--epochs=0"
      })
  void badOptionsLeaveNothing(String option) {
    Path output = folder.resolve("output");
    assertThat(Dae4j.execute("study", "stacked-mnist", option, "--output=" + output)).isEqualTo(2);
    assertThat(output).doesNotExist();
  }
}
