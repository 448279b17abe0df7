package io.github.dae4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dae4j.testing.IdxBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Whatever bytes a file has, reading gives its contents or the documented exception. */
class IdxFilePropertyTest {

  @RepeatedTest(200)
  void anyBytes(RepetitionInfo repetition) throws IOException {
    readsOrSaysWhy(bytes(new Random(repetition.getCurrentRepetition())));
  }

  /** Sizes of any magnitude, so that small ones and overflows are among them. */
  @RepeatedTest(200)
  void anyHeader(RepetitionInfo repetition) throws IOException {
    Random random = new Random(repetition.getCurrentRepetition());
    int[] shape = IntStream.range(0, 3).map(i -> random.nextInt() >> random.nextInt(32)).toArray();
    readsOrSaysWhy(IdxBytes.file(0x803, shape, bytes(random)));
  }

  @RepeatedTest(200)
  void damagedFiles(RepetitionInfo repetition) throws IOException {
    Random random = new Random(repetition.getCurrentRepetition());
    byte[] whole = IdxBytes.images(2, 4, 5);
    byte[] bytes = random.nextBoolean() ? IdxBytes.gzip(whole) : whole;
    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    readsOrSaysWhy(bytes);
    readsOrSaysWhy(Arrays.copyOf(bytes, random.nextInt(100)));
  }

  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[random.nextInt(300)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static void readsOrSaysWhy(byte[] bytes) throws IOException {
    Path path = Files.createTempFile("idx", null);
    try {
      Files.write(path, bytes);
      IdxFile file = IdxFile.readImages(path);
      assertThat(Arrays.stream(file.shape()).reduce(1, Math::multiplyExact))
          .isEqualTo(file.values().length);
    } catch (DataException e) {
      assertThat(e).hasMessageStartingWith(path + " ").hasMessageContaining("expected");
    } finally {
      Files.delete(path);
    }
  }
}
