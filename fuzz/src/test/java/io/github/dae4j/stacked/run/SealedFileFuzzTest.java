package io.github.dae4j.stacked.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.dae4j.fuzz.Scratch;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.internal.SealedFile;
import io.github.dae4j.stacked.marginalized.MarginalizedMasking;
import io.github.dae4j.stacked.marginalized.MarginalizedStack;
import io.github.dae4j.stacked.pretraining.GreedyPretrainer;
import io.github.dae4j.stacked.pretraining.LayerPlan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Sealed files, whose seals are right: checkpoints and marginalized stacks. Those that begin with a
 * brace are a checkpoint's {@code state.json}.
 */
public class SealedFileFuzzTest {

  private static final int SEAL = 32;
  private static final byte[] CHECKPOINT = checkpoint();
  private static final Map<String, byte[]> ENTRIES = entries();

  private static byte[] checkpoint() {
    try {
      Path folder = Scratch.path("run");
      DataSet data = new DataSet(Nd4j.rand(4, 3), Nd4j.rand(4, 3));
      new TrainingRun.Builder()
          .directory(folder)
          .pretraining(
              new GreedyPretrainer.Builder().plan(LayerPlan.ofEpochs(1)).build(),
              new ListDataSetIterator<>(data.asList(), 2))
          .build()
          .start(StackedDenoisingAutoEncoder.builder(3, 2).build());
      try (Stream<Path> files = Files.list(folder.resolve("checkpoints"))) {
        return unsealed(files.sorted().reduce((a, b) -> b).orElseThrow());
      }
    } catch (IOException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static Map<String, byte[]> entries() {
    try {
      return Scratch.entries(Scratch.file("checkpoint.zip", CHECKPOINT));
    } catch (IOException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  public static Stream<byte[]> seeds() throws IOException {
    Path stack = Scratch.path("stack.bin");
    DataSet data = new DataSet(Nd4j.rand(4, 3), Nd4j.rand(4, 3));
    new MarginalizedMasking(0.2)
        .fitStack(2, new ListDataSetIterator<>(data.asList(), 2))
        .save(stack);
    return Stream.of(CHECKPOINT, ENTRIES.get(CheckpointFile.STATE), unsealed(stack));
  }

  private static byte[] unsealed(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return Arrays.copyOf(bytes, bytes.length - SEAL);
  }

  @MethodSource("seeds")
  @FuzzTest
  public void sealed(byte[] bytes) throws IOException {
    byte[] content =
        bytes.length > 0 && bytes[0] == '{'
            ? Scratch.zip(ENTRIES, CheckpointFile.STATE, bytes)
            : bytes;
    Path file = Scratch.path("sealed.bin");
    SealedFile.write(file, out -> new ByteArrayInputStream(content).transferTo(out));
    try {
      CheckpointFile.read(file).progress().place();
    } catch (IOException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
    try {
      MarginalizedStack.load(file).encode(Nd4j.zeros(1, 3));
    } catch (IOException e) {
      assertThat(e.getMessage()).startsWith("Cannot load " + file + ": ").doesNotContain("\n");
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).contains("[n, "); // of another width
    }
  }
}
