package io.github.dae4j.stacked.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.listener.ScoreListener;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is not whole is noticed, and the one before it taken. */
class DamagedCheckpointTest {

  private static final RunCases KIND = RunCases.SUPERVISED;

  @TempDir Path folder;

  private List<Path> files;
  private byte[] older;
  private byte[] newer;

  @BeforeEach
  void interrupt() throws IOException {
    StackedDenoisingAutoEncoder stack = KIND.stack();
    stack.network().setListeners(new Crash(13));
    assertThatThrownBy(() -> run().start(stack)).hasMessage("crash");
    try (Stream<Path> all = Files.list(folder.resolve("run/checkpoints"))) {
      files = all.sorted().toList();
    }
    assertThat(files).hasSize(2);
    older = Files.readAllBytes(files.get(0));
    newer = Files.readAllBytes(files.get(1));
  }

  @Test
  void theOneBeforeIsTaken() throws IOException {
    Outcome whole = Outcome.of(run("whole").start(KIND.stack()), folder);
    Files.write(files.get(1), Arrays.copyOf(newer, newer.length / 2));
    Outcome.of(run().resume(KIND.stack()), folder).requireSameAs(whole);
    assertThat(files.get(1)).as("the damaged one").doesNotExist();
  }

  @Test
  void anyChangedBitAndAnyTruncationIsNoticed() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      byte[] damaged = newer.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      requireDamaged(damaged);
      requireDamaged(Arrays.copyOf(newer, random.nextInt(newer.length)));
    }
    requireDamaged(Arrays.copyOf(newer, newer.length + 1));
    requireDamaged(new byte[0]);
  }

  private void requireDamaged(byte[] bytes) throws IOException {
    Files.write(files.get(1), bytes);
    assertThatThrownBy(() -> CheckpointFile.read(files.get(1)))
        .isInstanceOf(IOException.class)
        .hasMessageMatching("it is truncated( or damaged)?");
  }

  @Test
  void withoutAWholeOneItSaysSo() throws IOException {
    Files.write(files.get(1), Arrays.copyOf(newer, newer.length - 1));
    Files.write(files.get(0), new byte[7]);
    assertThatThrownBy(() -> run().resume(KIND.stack()))
        .isInstanceOf(CheckpointException.class)
        .hasMessage(
            "nothing to resume in %s: no checkpoint is whole (%s: it is truncated or damaged;"
                    .formatted(folder.resolve("run/checkpoints"), files.get(1).getFileName())
                + " %s: it is truncated)".formatted(files.get(0).getFileName()));
  }

  @Test
  void sizesAreNotBelieved() throws IOException {
    requireRefused(
        "it has a list of 2147483647 where 4 bytes are left",
        out -> {
          out.writeInt(Integer.MAX_VALUE);
          out.writeInt(0);
        });
    requireRefused("it has a list of -1 where 0 bytes are left", out -> out.writeInt(-1));
    requireRefused(
        "it has an array of 4611686018427387904 x FLOAT where 0 bytes are left",
        out -> {
          out.writeInt(0); // no fingerprint
          out.writeInt(2); // finished
          out.writeInt(0); // no layers
          out.writeBoolean(false); // no fine-tuning
          out.writeUTF("FLOAT");
          out.writeLong(1L << 62);
        });
    requireRefused(
        "it has a progress of kind 9",
        out -> {
          out.writeInt(0);
          out.writeInt(9);
        });
  }

  @FunctionalInterface
  private interface Content {
    void writeTo(DataOutputStream out) throws IOException;
  }

  /** A file whose checksum is right. */
  private void requireRefused(String message, Content content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(older, 0, 12); // mark and version
    content.writeTo(out);
    out.write(DataDigest.sha256().digest(bytes.toByteArray()));
    Files.write(files.get(1), bytes.toByteArray());
    assertThatThrownBy(() -> CheckpointFile.read(files.get(1)))
        .isInstanceOf(IOException.class)
        .hasMessage(message);
  }

  private TrainingRun run() {
    return run("run");
  }

  private TrainingRun run(String name) {
    return KIND.stages(
            new TrainingRun.Builder()
                .directory(folder.resolve(name))
                .interval(Duration.ofMinutes(1)))
        .build();
  }

  /** Ends a run at one of its steps. */
  private static final class Crash extends BaseTrainingListener implements ScoreListener {

    private int left;

    Crash(int steps) {
      left = steps;
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
      if (--left == 0) {
        throw new ArithmeticException("crash");
      }
    }
  }
}
