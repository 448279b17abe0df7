package io.github.dae4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.dae4j.cli.study.Outcome;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
@EnabledOnOs({OS.LINUX, OS.MAC})
class InterruptTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "quickstart.yaml,       layer 0",
    "quickstart.yaml,       fine-tuning",
    "mnist-100-labels.yaml, fine-tuning"
  })
  @Timeout(200)
  void ctrlCLeavesACheckpointFromWhichResumeComesToTheSameModel(String file, String moment)
      throws IOException, InterruptedException {
    Path run = folder.resolve("run");
    JavaProcess process = JavaProcess.start(folder, List.of(), train(file, run));
    awaitText(moment + " ", process);
    interrupt(process.process().pid());

    Outcome stopped = process.await();
    assertThat(stopped.exitCode()).isEqualTo(130);
    assertThat(stopped.err())
        .matches(
            "training was stopped; its checkpoint holds: .+; resume with: dae4j resume %s\n"
                .formatted(run));
    assertThat(run.resolve("model.zip")).doesNotExist();

    Outcome resumed = JavaProcess.start(folder, List.of(), "resume", run.toString()).await();
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.out()).contains("fine-tuning  4 epochs");
    Path other = folder.resolve("other");
    assertThat(JavaProcess.start(folder, List.of(), train(file, other)).await().exitCode())
        .isZero();
    assertThat(parameters(run)).isEqualTo(parameters(other));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  @EnabledOnOs(OS.LINUX)
  @Timeout(100)
  void ctrlCLeavesACheckpointOnATerminalTooHoweverOftenItIsPressed(int times)
      throws IOException, InterruptedException {
    assumeTrue(Files.exists(Path.of("/usr/bin/script")));
    Path run = folder.resolve("run");
    JavaProcess process = JavaProcess.startOnTerminal(folder, train("quickstart.yaml", run));
    awaitText("layer 0 ", process);
    long java = process.process().children().findFirst().orElseThrow().pid();
    for (int time = 0; time < times; time++) {
      interrupt(java);
    }
    assertThat(process.await().out())
        .contains("training was stopped; its checkpoint holds: layer 0")
        .contains("resume with: dae4j resume " + run);
  }

  @Test
  @Timeout(100)
  void aCheckpointThatCtrlCCannotWriteIsAnError() throws IOException, InterruptedException {
    Path run = folder.resolve("run");
    JavaProcess process = JavaProcess.start(folder, List.of(), train("quickstart.yaml", run));
    Path checkpoints = run.resolve("checkpoints");
    while (!Files.exists(checkpoints.resolve("checkpoint-00000000.zip"))) {
      assertThat(process.process().isAlive()).as(Files.readString(process.err())).isTrue();
      Thread.sleep(5);
    }
    Files.move(checkpoints, run.resolve("gone"));
    interrupt(process.process().pid());
    assertThat(process.await().err())
        .startsWith("error: cannot write the checkpoint of layer 0, epoch 1")
        .hasLineCount(1);
  }

  private static void awaitText(String text, JavaProcess process)
      throws IOException, InterruptedException {
    while (!Files.readString(process.out()).contains(text)) {
      assertThat(process.process().isAlive()).as(Files.readString(process.err())).isTrue();
      Thread.sleep(20);
    }
  }

  private static void interrupt(long process) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", String.valueOf(process)).start().waitFor();
  }

  private static float[] parameters(Path run) throws IOException {
    return StackedDenoisingAutoEncoder.load(run.resolve("model.zip"))
        .network()
        .params()
        .toFloatVector();
  }

  private static String[] train(String file, Path run) {
    List<String> arguments =
        new ArrayList<>(List.of("train", "../configs/" + file, "--output=" + run));
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("data.train", 1500);
    settings.put("data.validation", 200);
    settings.put("data.test", 200);
    settings.put("fine-tuning.epochs", 4);
    if (file.equals("quickstart.yaml")) {
      settings.put("pretraining.epochs", 3);
    } else {
      arguments.add("--data=drawn");
      settings.put("stack.layers", "[{units: 60}, {units: 40}]");
    }
    settings.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
    return arguments.toArray(String[]::new);
  }
}
