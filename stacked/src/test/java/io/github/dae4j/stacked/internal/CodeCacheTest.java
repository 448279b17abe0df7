package io.github.dae4j.stacked.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Where caches put their rows, and what they say when they cannot. */
class CodeCacheTest {

  private static final INDArray ROWS = Nd4j.rand(DataType.FLOAT, 10, 5); // 200 bytes

  @TempDir Path directory;

  @Test
  void theBudgetIsTheLastByteThatStaysInMemory() {
    assertThat(placeWith(200, 0)).isEqualTo(CodeCache.Place.MEMORY);
    assertThat(placeWith(199, 0)).isEqualTo(CodeCache.Place.FILE);
    assertThat(placeWith(0, 0)).isEqualTo(CodeCache.Place.FILE);
    assertThat(placeWith(400, 20)).isEqualTo(CodeCache.Place.MEMORY);
    assertThat(placeWith(399, 20)).isEqualTo(CodeCache.Place.FILE);
  }

  private CodeCache.Place placeWith(long budget, long expectedRows) {
    try (CodeCache cache = new CodeCache.Budgeted(directory, budget, expectedRows)) {
      cache.append(ROWS);
      return cache.place();
    }
  }

  @Test
  void segmentsDoNotShow() {
    INDArray wide = Nd4j.rand(DataType.FLOAT, 5, 1_500_000); // two rows in a segment of 16 MiB
    try (CodeCache cache = new SegmentedCodeCache.InMemory()) {
      cache.append(wide);
      assertThat(cache.read(new int[] {4, 2, 1})).isEqualTo(wide.getRows(4, 2, 1));
    }
  }

  @Test
  void anInterruptedThreadKeepsItsRows() {
    Thread.currentThread().interrupt();
    try (CodeCache cache = new MappedCodeCache(directory, 0)) {
      cache.append(ROWS);
      cache.append(ROWS);
      assertThat(cache.read(new int[] {4, 12})).isEqualTo(ROWS.getRows(4, 2));
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void tooLittleSpaceIsKnownBeforehand() {
    try (CodeCache cache = new CodeCache.Budgeted(directory, 100, 1L << 50)) {
      assertThatThrownBy(() -> cache.append(ROWS))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageMatching(
              "cannot cache 22517998136852480 bytes of codes in \\Q%s\\E: only \\d+ bytes are free"
                  .formatted(directory));
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aDirectoryThatIsNoneIsNamed() throws IOException {
    Path missing = directory.resolve("missing");
    assertThatThrownBy(() -> new MappedCodeCache(missing, 7))
        .hasMessage(
            "cannot cache 7 bytes of codes in %s: NoSuchFileException %s", missing, missing);
    Path file = Files.createFile(directory.resolve("file"));
    assertThatThrownBy(() -> new MappedCodeCache(file, 7))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("cannot cache 7 bytes of codes in " + file);
  }
}
