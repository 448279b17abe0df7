package io.github.dae4j.examples.output;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/** Writes files that are there whole or not at all: a temporary neighbour first, then a move. */
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
    Path target = path.toAbsolutePath();
    Path temporary = target.resolveSibling(temporaryName(target));
    try {
      if (Files.isDirectory(target)) { // found only by the move, after all the work
        throw new IOException("it is a folder");
      }
      Files.createDirectories(target.getParent());
      try (OutputStream out =
          new BufferedOutputStream(
              Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW))) {
        content.writeTo(out);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + path + ": " + reason(e), e);
    } finally {
      discard(temporary);
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

  private static String temporaryName(Path target) {
    String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
    return "." + target.getFileName() + "." + random + ".tmp";
  }

  /** The messages of file system exceptions are bare paths; their class says what happened. */
  private static String reason(IOException e) {
    return e instanceof FileAlreadyExistsException
        ? e.getMessage() + " is a file"
        : e.getClass() == IOException.class ? e.getMessage() : e.toString();
  }

  private static void discard(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      // Nothing is lost but the tidiness of the directory.
    }
  }
}
