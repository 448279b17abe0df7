package io.github.dae4j.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a killed process leaves is cleared by the next one; nothing else is. */
@Timeout(60)
class LeftoversTest {

  private static final String LEFTOVER = ".dae4j-0123456789ab-1.tmp";

  @TempDir Path folder;

  @Test
  void leftoversAreClearedByTheNextWrite() throws IOException {
    Files.writeString(folder.resolve(LEFTOVER), "half");
    WholeFile.write(folder.resolve("file"), out -> out.write('n'));
    assertThat(folder.toFile().list()).containsExactly("file");
  }

  @Test
  void leftoversAreClearedByACallAndByAFolderThatIsRequired() throws IOException {
    Files.writeString(folder.resolve(LEFTOVER), "half");
    WholeFile.clearLeftovers(folder);
    assertThat(folder).isEmptyDirectory();

    Files.writeString(folder.resolve(LEFTOVER), "half");
    OutputFolder.require(folder);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatIsAnothersStays() throws IOException {
    for (String name : new String[] {".dae4j-notes", "dae4j-1-1.tmp", ".model.zip.1f.tmp"}) {
      Files.writeString(folder.resolve(name), "own");
    }
    Files.createDirectory(folder.resolve(".dae4j-1-1.tmp"));
    Path target = Files.writeString(folder.resolve("target"), "own");
    Files.createSymbolicLink(folder.resolve(".dae4j-1-2.tmp"), target);
    String[] before = folder.toFile().list();

    WholeFile.clearLeftovers(folder);

    assertThat(folder.toFile().list()).containsExactlyInAnyOrder(before);
    assertThat(target).hasContent("own");
  }

  @Test
  void aFolderThatIsNotThereHasNone() {
    WholeFile.clearLeftovers(folder.resolve("missing"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatThisProcessWritesStaysWhileItWritesMore() throws IOException {
    Path first = folder.resolve("first");
    WholeFile.write(
        first,
        out -> {
          out.write('1');
          WholeFile.write(folder.resolve("second"), other -> other.write('2'));
        });
    assertThat(first).hasContent("1");
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("first", "second");
  }

  @Test
  void whatALiveProcessWritesStaysUntilItIsKilled() throws Exception {
    Path file = folder.resolve("file");
    String command = "exec " + WritingProcess.command(WritingProcess.WAIT) + " '" + file + "'";
    Process process =
        new ProcessBuilder("bash", "-c", command)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(process.inputReader().readLine()).isEqualTo("waiting");
      assertThat(temporaries()).isEqualTo(1);
      WholeFile.clearLeftovers(folder);
      assertThat(temporaries()).isEqualTo(1);
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(temporaries()).isEqualTo(1);
    assertThat(file).doesNotExist();

    WholeFile.write(file, out -> out.write('n'));
    assertThat(folder.toFile().list()).containsExactly("file");
  }

  private int temporaries() {
    return folder.toFile().list((in, name) -> name.startsWith(".dae4j-")).length;
  }
}
