package io.github.dae4j.cli.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.cli.Dae4j;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The option files of configs, each of which names its study in its first line. */
class OptionFilesTest {

  private static final Path CONFIGS = Path.of("..", "configs");

  /** What makes a run of each study short. */
  private static final Map<String, String> REDUCED =
      Map.of(
          "denoising-mnist", "--data=drawn --images=100 --epochs=1 --hidden=10",
          "stacked-mnist", "--data=drawn --images=100 --layers=10,5 --pretrain-epochs=1 --epochs=1",
          "anomaly-detection",
              "--data=drawn --images=100 --epochs=1 --hidden=5 --rows=100 --table-epochs=1",
          "tabular-swap-noise", "--repeats=1 --epochs=1 --labels=20",
          "imputation", "--data=drawn --images=100 --epochs=1 --hidden=10",
          "few-labels",
              "--data=drawn --labels=20 --steps=1 --set=data.train=60 --set=data.validation=20"
                  + " --set=data.test=20 --set=pretraining.epochs=1 --set=fine-tuning.epochs=1"
                  + " --set=stack.layers[0].units=8 --set=stack.layers[1].units=8");

  @TempDir private Path folder;

  static Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(CONFIGS)) {
      return files.filter(file -> file.toString().endsWith(".args")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyOptionFileRuns(Path file) throws Exception {
    String text = Files.readString(file);
    assertThat(text).matches("(?s)# [a-z-]+: .*");
    String study = text.substring(2, text.indexOf(':'));
    assertThat(REDUCED).containsKey(study);
    Path here = folder.resolve("options.args"); // paths in it begin in the folder of the project
    Files.writeString(here, text.replace("\nconfigs/", "\n../configs/"));
    String options =
        "study %s @%s %s --quiet --output=%s".formatted(study, here, REDUCED.get(study), folder);
    assertThat(Dae4j.execute(options.split(" "))).isZero();
    assertThat(folder.resolve("report.html")).exists();
  }
}
