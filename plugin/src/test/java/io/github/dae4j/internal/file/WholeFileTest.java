package io.github.dae4j.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where output goes: regular files, links, devices, pipes, names and folders of all kinds. */
@Timeout(60)
class WholeFileTest {

  private static final WholeFile.Content NEW = out -> out.write("new".getBytes());

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void anOldFile() throws IOException {
    file = Files.writeString(folder.resolve("file"), "old");
  }

  @Test
  void replacesAFileAndLeavesNothingElse() throws IOException {
    WholeFile.write(file, NEW);

    assertThat(file).hasContent("new");
    assertThat(folder.toFile().list()).containsExactly("file");
  }

  @Test
  void aRelativePath() throws IOException {
    Path relative = Path.of("").toAbsolutePath().relativize(file);
    WholeFile.write(relative, NEW);
    assertThat(file).hasContent("new");
  }

  /** What a long training has come to is not lost because somebody ends its thread. */
  @Test
  void anInterruptedThreadWritesAllTheSame() throws IOException {
    byte[] much = new byte[1 << 20];
    Thread.currentThread().interrupt();
    try {
      WholeFile.write(file, out -> out.write(much));
      WholeFile.write(
          folder.resolve("interrupted amid it"),
          out -> {
            Thread.interrupted();
            out.write(much);
            Thread.currentThread().interrupt();
            out.write(much);
          });
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
    assertThat(file).hasSize(much.length);
    assertThat(folder.resolve("interrupted amid it")).hasSize(2 * much.length);
    assertThat(folder.toFile().list()).hasSize(2);
  }

  @Test
  void aStreamThatAnInterruptHasClosedIsTold() {
    assertRefused(
        file,
        out -> {
          throw new ClosedByInterruptException();
        },
        "the thread was interrupted");
  }

  @Test
  void aWriteThatFailsHalfwayLeavesTheOldFile() {
    assertRefused(
        file,
        out -> {
          out.write(new byte[1 << 20]);
          throw new IOException("No space left on device");
        },
        "No space left on device");

    assertThat(file).hasContent("old");
    assertThat(folder.toFile().list()).containsExactly("file");
  }

  @Test
  void whatTheContentThrowsIsPassedOn() {
    IllegalStateException failure = new IllegalStateException("the content is not ready");
    WholeFile.Content failing =
        out -> {
          out.write('n');
          throw failure;
        };
    assertThatThrownBy(() -> WholeFile.write(file, failing)).isSameAs(failure);
    assertThatThrownBy(() -> WholeFile.writeWithFolders(file, failing)).isSameAs(failure);

    assertThat(file).hasContent("old");
    assertThat(folder.toFile().list()).containsExactly("file");
  }

  @Test
  void aNewFileGetsWhatTheUmaskSays() throws IOException {
    Path other = Files.createFile(folder.resolve("other"));
    Path written = folder.resolve("written");
    WholeFile.write(written, NEW);
    assertThat(Files.getPosixFilePermissions(written))
        .isEqualTo(Files.getPosixFilePermissions(other));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "rw-r-----", "rw-rw-rw-", "rwxr-xr-x"})
  void anExistingFileKeepsItsPermissions(String permissions) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    WholeFile.write(file, NEW);
    assertThat(file).hasContent("new");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo(permissions);
  }

  @Test
  void anExistingFileKeepsItsOwner() throws IOException {
    assumeTrue(Files.getAttribute(file, "unix:uid").equals(0), "only root gives files away");
    Files.setAttribute(file, "unix:uid", 65534);
    Files.setAttribute(file, "unix:gid", 65533);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    WholeFile.write(file, NEW);
    assertThat(Files.readAttributes(file, "unix:uid,gid,mode"))
        .containsEntry("uid", 65534)
        .containsEntry("gid", 65533)
        .containsEntry("mode", 0100600);
  }

  @Test
  void aFileThatIsReadOnlyIsNotReplaced() throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    assumeTrue(!Files.isWritable(file), "root writes everywhere");
    assertRefused(file, NEW, "permission denied");
    assertThat(file).hasContent("old");
  }

  @Test
  void aLinkIsFollowedAndStays() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Path link = Files.createSymbolicLink(other.resolve("link"), Path.of("../file"));
    Path toLink = Files.createSymbolicLink(folder.resolve("toLink"), Path.of("other/link"));

    WholeFile.write(toLink, NEW);

    assertThat(file).hasContent("new").isRegularFile();
    assertThat(link).isSymbolicLink();
    assertThat(toLink).isSymbolicLink();
    assertThat(other.toFile().list()).containsExactly("link");
  }

  @Test
  void aLinkToNothingYetMakesItsTarget() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("later"));
    WholeFile.write(link, NEW);
    assertThat(link).isSymbolicLink();
    assertThat(folder.resolve("later")).isRegularFile().hasContent("new");
  }

  @Test
  void linksThatLeadRoundAreRefused() throws IOException {
    Path one = Files.createSymbolicLink(folder.resolve("one"), Path.of("two"));
    Files.createSymbolicLink(folder.resolve("two"), Path.of("one"));
    assertRefused(one, NEW, "its links lead round");
  }

  @Test
  void aPipeIsWrittenTo() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> text(pipe));

    WholeFile.write(pipe, NEW);

    assertThat(read.get(10, TimeUnit.SECONDS)).isEqualTo("new");
    assertThat(Files.readAttributes(pipe, "isOther")).containsEntry("isOther", true);
  }

  @Test
  void aDeviceIsWrittenTo() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("nothing"), Path.of("/dev/null"));
    for (Path device : List.of(Path.of("/dev/null"), link)) {
      WholeFile.write(device, NEW);
      WholeFile.writeWithFolders(device, NEW);
      assertThat(Files.readAttributes(device, "isOther")).containsEntry("isOther", true);
    }
    assertThat(link).isSymbolicLink();
  }

  @Test
  void aFullDiskIsTold() {
    Path full = Path.of("/dev/full");
    assertRefused(full, NEW, "No space left on device");
    assertRefused(full, out -> out.write(new byte[1 << 20]), "No space left on device");
    assertThat(Files.isRegularFile(full)).isFalse();
  }

  @Test
  void aProcessSubstitutionIsWrittenTo() throws Exception {
    Path out = folder.resolve("out");
    shell("%s >(cat > '%s'; echo done > '%s.done')", WritingProcess.command("content"), out, out);
    Path done = folder.resolve("out.done");
    for (int i = 0; i < 100 && !Files.exists(done); i++) { // the shell does not wait for it
      Thread.sleep(100);
    }
    assertThat(out).hasContent("content");
  }

  @Test
  void standardOutputByItsNameIsWrittenTo() throws Exception {
    Path out = folder.resolve("out");
    shell("%s /dev/stdout > '%s'", WritingProcess.command("content"), out);
    assertThat(out).hasContent("content");
    shell("%s /dev/fd/3 3> '%s'", WritingProcess.command("more"), out);
    assertThat(out).hasContent("more");
    shell("%s /dev/stdout | tr a-z A-Z > '%s'", WritingProcess.command("content"), out);
    assertThat(out).hasContent("CONTENT");
    Files.writeString(out, "kept ");
    shell("%s /dev/stdout >> '%s'", WritingProcess.command("content"), out);
    assertThat(out).hasContent("kept content");
  }

  @Test
  void namesOfAllLengthsThatTheSystemHas() throws IOException {
    Path longest = folder.resolve("n".repeat(255));
    WholeFile.write(longest, NEW);
    assertThat(longest).hasContent("new");
    assertRefused(folder.resolve("n".repeat(256)), NEW, "File name too long");
    assertThat(folder.toFile().list()).hasSize(2);
  }

  @Test
  void theLongestNameInLettersOfThreeBytes() throws IOException {
    String charset = System.getProperty("sun.jnu.encoding");
    assumeTrue(charset.equals(StandardCharsets.UTF_8.name()), "names of files are in " + charset);
    Path longest = folder.resolve("€".repeat(85));
    WholeFile.write(longest, NEW);
    assertThat(longest).hasContent("new");
  }

  @Test
  void anEmptyNameIsRefused() {
    String message = "Cannot write \"\": a file needs a name";
    assertThatThrownBy(() -> WholeFile.write(Path.of(""), NEW)).hasMessage(message);
    assertThatThrownBy(() -> WholeFile.writeWithFolders(Path.of(""), NEW))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(message);
  }

  @Test
  void aFolderIsNotReplaced() throws IOException {
    Path taken = Files.createDirectory(folder.resolve("taken"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), taken);
    for (Path path : List.of(taken, link, Path.of("/"), Path.of("."))) {
      assertRefused(path, NEW, "it is a folder");
    }
    assertThat(taken).isEmptyDirectory();
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    Path missing = folder.resolve("missing");
    Path inside = missing.resolve("file");
    assertThatThrownBy(() -> WholeFile.write(inside, NEW))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot write " + inside + ": there is no folder " + missing);
    assertThat(missing).doesNotExist();
  }

  @Test
  void aFolderThatIsAFileIsNamed() {
    Path below = file.resolve("below");
    assertThatThrownBy(() -> WholeFile.write(below, NEW))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot write " + below + ": " + file + " is a file");
    assertThatThrownBy(() -> WholeFile.writeWithFolders(below, NEW))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("Cannot write " + below + ": " + file + " is a file");
  }

  @Test
  void aFolderThatCannotBeWrittenIsTold() {
    Path system = Path.of("/sys"); // not even root makes files in it
    assumeTrue(Files.isDirectory(system));
    Path inside = system.resolve("dae4j-test");
    assertThatThrownBy(() -> WholeFile.write(inside, NEW))
        .isInstanceOf(IOException.class)
        .message()
        .startsWith("Cannot write " + inside + ": its folder cannot be written: ")
        .satisfies(WholeFileTest::isForAPerson);
    assertThatThrownBy(() -> OutputFolder.require(system))
        .isInstanceOf(UncheckedIOException.class)
        .message()
        .startsWith(system + " must be a folder that can be written: ")
        .satisfies(WholeFileTest::isForAPerson);
  }

  @Test
  void makesTheFoldersAboveAFile() throws IOException {
    Path deep = folder.resolve("a/b/c");
    WholeFile.writeWithFolders(deep, NEW);
    assertThat(deep).hasContent("new");

    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("a"));
    WholeFile.writeWithFolders(link.resolve("d"), NEW);
    assertThat(folder.resolve("a/d")).hasContent("new");
    OutputFolder.require(link);
    assertThat(folder.resolve("a").toFile().list()).containsExactlyInAnyOrder("b", "d");
  }

  @Test
  void aFolderIsMadeOrItsPlaceIsTakenByAFile() {
    Path made = folder.resolve("x/y");
    OutputFolder.require(made);
    assertThat(made).isEmptyDirectory();
    assertThatThrownBy(() -> OutputFolder.require(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage(file + " must be a folder that can be written: " + file + " is a file");
  }

  @Test
  void manyThreadsLeaveOneWholeFile() throws IOException {
    IntStream.range(0, 40)
        .parallel()
        .forEach(
            i ->
                WholeFile.writeWithFolders(
                    file, out -> out.write(("" + (char) ('a' + i % 26)).repeat(9999).getBytes())));
    String written = Files.readString(file);
    assertThat(written).hasSize(9999).matches("(.)\\1*");
    assertThat(folder.toFile().list()).containsExactly("file");
  }

  private void assertRefused(Path path, WholeFile.Content content, String reason) {
    assertThatThrownBy(() -> WholeFile.write(path, content))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot write " + path + ": " + reason);
    assertThatThrownBy(() -> WholeFile.writeWithFolders(path, content))
        .satisfies(e -> isForAPerson(e.getMessage()));
  }

  private static void isForAPerson(String message) {
    assertThat(message).doesNotContain("Exception", "\n", ".dae4j-");
  }

  private static String text(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void shell(String command, Object... arguments) throws Exception {
    Process shell =
        new ProcessBuilder("bash", "-c", command.formatted(arguments)).inheritIO().start();
    assertThat(shell.waitFor()).isZero();
  }
}
