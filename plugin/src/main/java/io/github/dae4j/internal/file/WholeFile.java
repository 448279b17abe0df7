package io.github.dae4j.internal.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
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
   * Writes {@code content} to {@code file}, over one that is there; the data reach the disk before
   * the name does.
   *
   * @throws IOException naming the file, which then is as it was before
   */
  public static void write(Path file, Content content) throws IOException {
    Path temporary = temporaryNeighbour(file.toAbsolutePath());
    try {
      if (Files.isDirectory(file)) { // found only by the move, after all the work
        throw new IOException("it is a folder");
      }
      writeNew(temporary, content);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException e) {
      throw new IOException("Cannot write " + file + ": " + reason(e), e);
    } finally {
      discard(temporary);
    }
  }

  private static void writeNew(Path file, Content content) throws IOException {
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
      content.writeTo(out);
      out.flush();
      channel.force(true);
    }
  }

  /** The messages of file system exceptions are bare paths; their class says what happened. */
  private static String reason(Exception e) {
    return e.getClass() == IOException.class ? e.getMessage() : e.toString();
  }

  private static void discard(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      // The folder is not there, or only its tidiness is lost.
    }
  }

  private static Path temporaryNeighbour(Path file) {
    String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
    return file.resolveSibling("." + file.getFileName() + "." + random + ".tmp");
  }
}
