package io.github.dae4j.cli.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.cli.Dae4j;
import io.github.dae4j.cli.study.BuiltInStudy.Result;
import io.github.dae4j.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltInStudyTest {

  @TempDir private Path folder;

  @Test
  void theBuiltInLayerClimbsWhereOursFalls() throws IOException {
    int exitCode =
        Dae4j.execute(
            "study",
            "built-in-autoencoder",
            "--images=400",
            "--epochs=1",
            "--seed=1",
            "--quiet",
            "--output=" + folder);
    assertThat(exitCode).isZero();
    Result result = Report.read(folder.resolve("report.json"), Result.class);
    assertThat(result.builtIn()).hasSize(2);
    assertThat(result.builtIn().get(0)).isEqualTo(result.ours().get(0));
    assertThat(result.builtIn().get(1)).isGreaterThan(10 * result.builtIn().get(0));
    assertThat(result.ours().get(1)).isLessThan(result.ours().get(0) / 2);
    assertThat(ImageIO.read(folder.resolve("reconstructions.png").toFile()).getHeight())
        .isEqualTo(4 * 58 - 2 + 16);
  }
}
