package io.github.dae4j.internal.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders that whole files go to. */
public final class OutputFolder {

  private OutputFolder() {}

  /**
   * Makes a folder, and the folders above it, and tries to write into it: before long work begins.
   *
   * @throws UncheckedIOException naming {@code folder}
   */
  public static void require(Path folder) {
    try {
      make(folder);
      TemporaryFile.in(folder).close();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s must be a folder that can be written: %s".formatted(folder, FileErrors.reason(e)), e);
    }
  }

  /**
   * Makes a folder, and the folders above it, unless it is there.
   *
   * <p>It asks first, since {@code createDirectories} of Java 17 refuses a link to a folder.
   */
  public static void make(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
    }
  }

  static Path existing(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(
          Files.exists(folder) ? folder + " is a file" : "there is no folder " + folder);
    }
    return folder;
  }
}
