package io.github.dae4j.report;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code stacked.storage}'s whole files, for mains: with their folders, and unchecked errors. */
public final class WholeFile {

  /** What goes into the file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private WholeFile() {}

  /**
   * Writes {@code content} to {@code path}, over a file that is there, and makes the directories
   * above it.
   *
   * @throws UncheckedIOException naming {@code path}, which then is as it was before
   */
  public static void write(Path path, Content content) {
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + path + ": " + reason(e), e);
    }
    try {
      io.github.dae4j.internal.file.WholeFile.write(path, content::writeTo);
    } catch (IOException e) {
      if (e.getCause() instanceof RuntimeException ofContent) {
        throw ofContent;
      }
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /**
   * Makes a folder, and the folders above it, and tries to write into it.
   *
   * @throws UncheckedIOException naming {@code folder}
   */
  public static void requireFolder(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, ".probe", null));
    } catch (IOException e) {
      throw new UncheckedIOException(
          folder + " must be a folder that can be written: " + reason(e), e);
    }
  }

  /** The messages of file system exceptions are bare paths; their class says what happened. */
  private static String reason(IOException e) {
    return e instanceof FileAlreadyExistsException
        ? e.getMessage() + " is a file"
        : e.getClass() == IOException.class ? e.getMessage() : e.toString();
  }
}
