package io.github.dae4j.internal.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * Writes files whole or not at all: the bytes go to a temporary file in the same folder, which then
 * takes the file's name. What is no regular file (a device, a FIFO, a descriptor such as {@code
 * /dev/fd/63}) is written to directly.
 *
 * <p>A symbolic link is followed and stays. A file that exists keeps its permissions and its owner;
 * a new one gets what the umask says.
 */
public final class WholeFile {

  private static final int BUFFER = 1 << 16;
  private static final int MAX_LINKS = 40;

  /** What goes into the file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private WholeFile() {}

  /**
   * Writes {@code content} to {@code file}, over one that is there; the data reach the disk before
   * the name does.
   *
   * @throws IOException naming {@code file}, which then is as it was before; a RuntimeException of
   *     {@code content} is passed on
   */
  public static void write(Path file, Content content) throws IOException {
    try {
      writeTo(followed(named(file)), content);
    } catch (IOException e) {
      throw new IOException(FileErrors.cannotWrite(file, e), e);
    }
  }

  /**
   * The same with the folders above {@code file}, which are made, and with unchecked errors.
   *
   * @throws UncheckedIOException naming {@code file}, which then is as it was before
   */
  public static void writeWithFolders(Path file, Content content) {
    try {
      OutputFolder.make(named(file).toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(FileErrors.cannotWrite(file, e), e);
    }
    try {
      write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /**
   * Deletes the temporary files that killed processes have left in {@code folder}, and only those.
   */
  public static void clearLeftovers(Path folder) {
    TemporaryFile.clearLeftovers(folder);
  }

  private static Path named(Path file) throws IOException {
    if (Objects.requireNonNull(file, "the file to write must not be null").toString().isEmpty()) {
      throw new IOException("a file needs a name");
    }
    return file;
  }

  /** The file that a link leads to, which need not exist yet; a descriptor leads to no name. */
  private static Path followed(Path file) throws IOException {
    Path path = file.toAbsolutePath();
    for (int links = 0; Files.isSymbolicLink(path) && !isDescriptor(path); links++) {
      if (links == MAX_LINKS) {
        throw new IOException("its links lead round");
      }
      path = path.resolveSibling(Files.readSymbolicLink(path));
    }
    return path;
  }

  /** Whether the path is one of {@code /dev/fd} or {@code /proc/self/fd}. */
  private static boolean isDescriptor(Path path) {
    try {
      Path folder = path.getParent().toRealPath();
      return folder.endsWith("fd") && (folder.startsWith("/proc") || folder.startsWith("/dev"));
    } catch (IOException e) {
      return false; // no such folder
    }
  }

  private static void writeTo(Path file, Content content) throws IOException {
    BasicFileAttributes existing = attributes(file);
    if (existing == null) {
      replace(file, false, content);
    } else if (existing.isDirectory()) {
      throw new IOException("it is a folder");
    } else if (existing.isRegularFile() && !isDescriptor(file)) {
      replace(file, true, content);
    } else if (existing.isRegularFile()) {
      writeDirectly(file, StandardOpenOption.APPEND, content); // what >> log has kept stays
    } else {
      writeDirectly(file, StandardOpenOption.TRUNCATE_EXISTING, content);
    }
  }

  /** Null if there is no file. */
  private static BasicFileAttributes attributes(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      return null;
    } catch (FileSystemException e) {
      OutputFolder.existing(file.getParent()); // a file, which Java 17 tells in other words than 25
      throw e;
    }
  }

  private static void writeDirectly(Path file, StandardOpenOption how, Content content)
      throws IOException {
    try (OutputStream out = buffered(Files.newOutputStream(file, StandardOpenOption.WRITE, how))) {
      content.writeTo(out);
    }
  }

  private static void replace(Path file, boolean exists, Content content) throws IOException {
    if (exists && !Files.isWritable(file)) {
      throw new IOException("permission denied");
    }
    try (TemporaryFile temporary = TemporaryFile.in(OutputFolder.existing(file.getParent()))) {
      boolean kept = !exists || temporary.takeOwnerAndPermissions(file);
      OutputStream out = buffered(temporary.stream());
      content.writeTo(out);
      out.flush();
      temporary.force();
      if (kept) {
        temporary.moveTo(file);
      } else { // another's file: only its content can be replaced
        writeDirectly(file, StandardOpenOption.TRUNCATE_EXISTING, temporary::copyTo);
      }
    }
  }

  private static OutputStream buffered(OutputStream out) {
    return new BufferedOutputStream(out, BUFFER);
  }
}
