package io.github.dae4j.stacked.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dae4j.listener.ScoreListener;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.internal.SealedFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
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
    for (String shape : List.of("[4611686018427387904]", "[1099511627776, 1099511627776]")) {
      requireArrayRefused(0, "FLOAT", shape);
    }
    requireArrayRefused(0, "FLOAT", "[-1]");
    requireArrayRefused(0, "FLOAT", "[2, 0]");
    requireArrayRefused(0, "FLOAT", "[]");
    requireArrayRefused(0, "UTF8", "[1]");
    requireRefused(
        "its content is damaged: it has array 7 where array 0 must be",
        finished(7, "FLOAT", "[1]"));
    requireRefused(
        "its state.json has more than 67108864 bytes",
        " ".repeat(CheckpointFile.MOST_STATE_BYTES + 1));
  }

  private void requireArrayRefused(int array, String type, String shape) throws IOException {
    String state = finished(array, type, shape);
    requireRefused(
        "its content is damaged: it has an array of %s x %s where \\d+ bytes are left"
            .formatted(Pattern.quote(shape), type),
        state);
  }

  @Test
  void entriesAreAsTheStateSays() throws IOException {
    String one = finished(0, "FLOAT", "[1]");
    requireRefused("it has no entry where arrays/0.bin must be", one);
    requireRefused("it has the entry arrays/1.bin where arrays/0.bin must be", one, "arrays/1.bin");
    requireRefused("its arrays/0.bin is longer than its array", one, "arrays/0.bin");
    requireRefused(
        "its arrays/0.bin is shorter than its array", finished(0, "DOUBLE", "[2]"), "arrays/0.bin");
    requireRefused(
        "it has the entry more where its end must be",
        finished(0, "FLOAT", "[2]"),
        "arrays/0.bin",
        "more");
    requireRefused("it has no entry where state.json must be", new byte[100]);
  }

  @Test
  void theStateIsWhatItMustBe() throws IOException {
    requireRefused("its version is 9, not 2", "{\"version\":9}");
    requireRefused("its version is , not 2", "[]");
    String right = finished(0, "FLOAT", "[2]");
    for (String wrong :
        List.of(
            right + "x",
            right.replace("finished", "java.lang.Object"),
            right.replace("\"fineTuning\":null,", ""),
            right.replace("\"iterations\":1", "\"iterations\":1.5"),
            right.replace("\"iterations\":1", "\"iterations\":null"),
            right.replace("\"iterations\":1", "\"iterations\":1,\"iterations\":1"),
            right.replace("\"iterations\":1", "\"iterations\":1,\"more\":1"),
            "[".repeat(100_000))) {
      requireRefused("its content is damaged: .*", wrong, "arrays/0.bin");
    }
    CheckpointFile.read(written(zip(right, "arrays/0.bin"))); // so it is for these reasons
  }

  @Test
  void thoseOfEarlierVersionsAreRefusedInOneSentence() throws IOException {
    Path old = files.get(1).resolveSibling("checkpoint-00000007.bin");
    Files.write(old, sealed("dae4chkp and numbers".getBytes(StandardCharsets.UTF_8)));
    for (Path file : files) {
      Files.delete(file);
    }
    assertThat(run().hasCheckpoint()).isTrue();
    assertThatThrownBy(() -> run().resume(KIND.stack()))
        .isInstanceOf(CheckpointException.class)
        .hasMessage(
            "nothing to resume in %s: no checkpoint is whole (checkpoint-00000007.bin:"
                    .formatted(folder.resolve("run/checkpoints"))
                + " an earlier version of dae4j has written it, and only that version can resume"
                + " its run)");
  }

  private static String finished(int array, String type, String shape) {
    return ("{\"version\":2,\"fingerprint\":{\"values\":{}},\"progress\":{\"kind\":\"finished\","
            + "\"pretraining\":[],\"fineTuning\":null,\"network\":{\"parameters\":"
            + "{\"array\":%d,\"type\":\"%s\",\"shape\":%s},"
            + "\"counts\":{\"iterations\":1,\"epochs\":2},\"layers\":[]}}}")
        .formatted(array, type, shape);
  }

  /** A file whose seal is right; entries beside the state have eight bytes each. */
  private void requireRefused(String message, String state, String... entries) throws IOException {
    requireRefused(message, zip(state, entries));
  }

  private void requireRefused(String message, byte[] content) throws IOException {
    Path file = written(content);
    assertThatThrownBy(() -> CheckpointFile.read(file))
        .isInstanceOf(IOException.class)
        .message()
        .matches(Pattern.compile(message, Pattern.DOTALL));
  }

  private Path written(byte[] content) throws IOException {
    return Files.write(files.get(1), sealed(content));
  }

  private static byte[] zip(String state, String... entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(CheckpointFile.STATE));
      zip.write(state.getBytes(StandardCharsets.UTF_8));
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write(new byte[8]);
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] sealed(byte[] content) {
    byte[] digest = SealedFile.sha256().digest(content);
    byte[] sealed = Arrays.copyOf(content, content.length + digest.length);
    System.arraycopy(digest, 0, sealed, content.length, digest.length);
    return sealed;
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
