package io.github.dae4j.stacked.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.dae4j.listener.ScoreListener;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.pretraining.GreedyPretrainer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where nothing can be written, the last good checkpoint stays, and the message names it. */
class FullDiskTest {

  private static final RunCases KIND = RunCases.SUPERVISED;

  /** Something done in the middle of a run. */
  @FunctionalInterface
  private interface Event {
    void happen() throws IOException;
  }

  @TempDir Path folder;

  @Test
  void aDirectoryThatIsGone() throws IOException {
    Path run = folder.resolve("run");
    Path elsewhere = folder.resolve("elsewhere");
    Path checkpoints = run.resolve("checkpoints");
    failsAt(11, run, () -> Files.move(checkpoints, elsewhere), "there is no folder " + checkpoints);
    Files.move(elsewhere, checkpoints);
    resumes(run);
  }

  @Test
  void noRoomForCodes() {
    Path missing = folder.resolve("missing");
    GreedyPretrainer pretrainer =
        RunCases.pretrainer(RunCases.plan()).memoryBudget(0).workingDirectory(missing).build();
    TrainingRun run =
        new TrainingRun.Builder()
            .directory(folder.resolve("run"))
            .pretraining(pretrainer, RunCases.train())
            .build();
    assertThatThrownBy(() -> run.start(KIND.stack()))
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith("cannot cache 288 bytes of codes in " + missing)
        .hasMessageEndingWith("; there is no checkpoint yet");
  }

  /** Needs the right to mount. */
  @Test
  @Tag("slow")
  void aDiskThatIsFull() throws IOException, InterruptedException {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(command("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()) == 0);
    try {
      Path filler = disk.resolve("filler");
      failsAt(11, disk.resolve("run"), () -> fill(filler), "No space left on device");
      Files.delete(filler);
      resumes(disk.resolve("run"));
    } finally {
      assertThat(command("umount", disk.toString())).isZero();
    }
  }

  private static void fill(Path filler) throws IOException {
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(new byte[512]);
      }
    } catch (IOException e) {
      assertThat(e).hasMessage("No space left on device");
    }
  }

  private static int command(String... words) throws IOException, InterruptedException {
    return new ProcessBuilder(words).start().waitFor();
  }

  /** With four steps an epoch, step 11 is in the first epoch of layer 1. */
  private void failsAt(int step, Path directory, Event event, String reason) {
    StackedDenoisingAutoEncoder stack = KIND.stack();
    stack.network().setListeners(new At(step, event));
    assertThatThrownBy(() -> run(directory).start(stack))
        .isInstanceOf(CheckpointException.class)
        .hasMessageStartingWith("cannot write the checkpoint of layer 1, epoch 0: ")
        .hasMessageContaining(reason)
        .hasMessageEndingWith(
            "; the last good one is %s (layer 0, finished)",
            directory.resolve("checkpoints/checkpoint-00000001.zip"));
  }

  private void resumes(Path directory) throws IOException {
    assertThat(directory.resolve("checkpoints").toFile().list())
        .containsExactlyInAnyOrder("checkpoint-00000000.zip", "checkpoint-00000001.zip");
    Outcome resumed = Outcome.of(run(directory).resume(KIND.stack()), folder);
    Outcome.of(run(folder.resolve("whole")).start(KIND.stack()), folder).requireSameAs(resumed);
  }

  private static TrainingRun run(Path directory) {
    return KIND.stages(new TrainingRun.Builder().directory(directory)).build();
  }

  /** Has an event happen at one of the steps. */
  private static final class At extends BaseTrainingListener implements ScoreListener {

    private final Event event;
    private int left;

    At(int step, Event event) {
      left = step;
      this.event = event;
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
      if (--left == 0) {
        try {
          event.happen();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }
}
