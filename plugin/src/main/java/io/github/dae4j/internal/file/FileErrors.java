package io.github.dae4j.internal.file;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Errors of files in words: Java's own messages are often a bare path, and the class says what
 * happened.
 */
public final class FileErrors {

  private FileErrors() {}

  /** What went wrong, in one line without the name of a class. */
  public static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException missing) {
      return "there is no " + missing.getFile();
    }
    if (e instanceof FileAlreadyExistsException taken) {
      return taken.getFile() + " is a file";
    }
    if (e instanceof ClosedByInterruptException) {
      return "the thread was interrupted";
    }
    String message = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
    return message == null ? "an input or output error" : message.lines().findFirst().orElse("");
  }

  static String cannotWrite(Path file, IOException e) {
    String name = file.toString();
    return "Cannot write %s: %s".formatted(name.isEmpty() ? "\"\"" : name, reason(e));
  }
}
