package io.github.dae4j.cli.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.dae4j.cli.Dae4j;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The loss per epoch of the Deep Learning Tutorials' own dA.py (lisa-lab/DeepLearningTutorials,
 * code/dA.py) on the first 50,000 images of MNIST, in nats per image; another random stream moves
 * it by less than 0.3.
 */
@Tag("slow")
class TutorialFiguresTest {

  private static final double[][] DA_PY = {{62.44, 54.80, 53.76}, {81.04, 72.71, 70.08}};

  @Test
  void theLossOfThreeEpochsIsThatOfTheTutorial(@TempDir Path folder) throws IOException {
    Path mnist = Path.of(System.getProperty("mnist.dir"));
    assumeTrue(Files.isDirectory(mnist), () -> "no MNIST in " + mnist);

    int exitCode =
        Dae4j.execute(
            "study",
            "denoising-mnist",
            "@" + Path.of("..", "configs", "tutorial-da.args"),
            "--data=" + mnist,
            "--epochs=3",
            "--output=" + folder);

    assertThat(exitCode).isZero();
    JsonNode runs = new ObjectMapper().readTree(folder.resolve("report.json").toFile()).get("runs");
    for (int run = 0; run < DA_PY.length; run++) {
      for (int epoch = 0; epoch < DA_PY[run].length; epoch++) {
        assertThat(runs.get(run).get("losses").get(epoch).asDouble())
            .as("run %d, epoch %d", run, epoch)
            .isCloseTo(DA_PY[run][epoch], within(0.5));
      }
    }
  }
}
