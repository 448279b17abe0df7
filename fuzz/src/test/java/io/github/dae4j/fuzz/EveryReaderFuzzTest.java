package io.github.dae4j.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.dae4j.stacked.run.SealedFileFuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** All readers in one JVM, for the short run of each build: the first byte chooses one. */
class EveryReaderFuzzTest {

  /** Reads bytes in one of the ways. */
  @FunctionalInterface
  private interface Reader {
    void read(byte[] bytes) throws IOException;
  }

  private static final Reader[] READERS = {
    new ConfigurationFuzzTest()::yaml,
    new NumberRowsFuzzTest()::csv,
    new TableFuzzTest()::csv,
    new ImageFileFuzzTest()::image,
    new ModelFuzzTest()::entry,
    new TableModelFuzzTest()::attachment,
    new SealedFileFuzzTest()::sealed
  };

  static Stream<byte[]> seeds() throws IOException {
    return Stream.of(
            prefixed(
                0,
                Stream.of(
                    "seed: 1\nstack: {layers: [{units: 8, corruption: none}]}\n"
                        .getBytes(StandardCharsets.UTF_8))),
            prefixed(1, Stream.of("a,b\n0.5,1\n".getBytes(StandardCharsets.UTF_8))),
            prefixed(2, Stream.of("a;b\n1,5;x\n?;y\n".getBytes(StandardCharsets.UTF_8))),
            prefixed(3, ImageFileFuzzTest.seeds()),
            prefixed(4, ModelFuzzTest.seeds()),
            prefixed(5, TableModelFuzzTest.seeds()),
            prefixed(6, SealedFileFuzzTest.seeds()))
        .flatMap(all -> all);
  }

  private static Stream<byte[]> prefixed(int reader, Stream<byte[]> seeds) {
    return seeds.map(
        seed -> {
          byte[] bytes = new byte[1 + seed.length];
          bytes[0] = (byte) reader;
          System.arraycopy(seed, 0, bytes, 1, seed.length);
          return bytes;
        });
  }

  @MethodSource("seeds")
  @FuzzTest
  void any(byte[] bytes) throws IOException {
    if (bytes.length > 0) {
      READERS[(bytes[0] & 0xff) % READERS.length].read(Arrays.copyOfRange(bytes, 1, bytes.length));
    }
  }
}
