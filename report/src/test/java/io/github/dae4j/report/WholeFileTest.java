package io.github.dae4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void anOldFile() throws IOException {
    file = Files.writeString(directory.resolve("file"), "old");
  }

  @Test
  void replacesAFileAndLeavesNothingElse() throws IOException {
    WholeFile.write(file, out -> out.write(new byte[] {'n', 'e', 'w'}));

    assertThat(file).hasContent("new");
    assertThat(directory.toFile().list()).containsExactly("file");
  }

  @Test
  void aWriteThatFailsHalfwayLeavesTheOldFile() {
    assertThatThrownBy(
            () ->
                WholeFile.write(
                    file,
                    out -> {
                      out.write('n');
                      throw new IOException("disk full");
                    }))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("Cannot write " + file + ": disk full");

    assertThat(file).hasContent("old");
    assertThat(directory.toFile().list()).containsExactly("file");
  }

  @Test
  void namesThePathThatCannotBeWritten() throws IOException {
    Path below = file.resolve("below");
    assertThatThrownBy(() -> WholeFile.write(below, out -> out.write('n')))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("Cannot write " + below + ": ");

    Path taken = Files.createDirectory(directory.resolve("taken"));
    assertThatThrownBy(() -> WholeFile.write(taken, out -> out.write('n')))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("Cannot write " + taken + ": ");
    assertThat(directory.toFile().list()).containsExactlyInAnyOrder("file", "taken");
  }
}
