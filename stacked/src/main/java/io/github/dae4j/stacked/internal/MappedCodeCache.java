package io.github.dae4j.stacked.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A cache in a file of its own, written through a stream and read through maps of it.
 *
 * <p>A full disk is an error of the stream; a write to a map would end the JVM instead. A channel
 * is open only to map: an interrupt of the thread would close it. The file lies in the given
 * directory and is deleted by {@link #close}.
 */
final class MappedCodeCache extends SegmentedCodeCache {

  private static final int MAX_SEGMENT_BYTES = 1 << 28;

  private final Path directory;
  private final Path file;
  private final OutputStream out;
  private final byte[] chunk = new byte[1 << 16];
  private final List<ByteBuffer> segments = new ArrayList<>();

  /**
   * Opens an empty file.
   *
   * @param expectedBytes what will be written, as far as that is known
   * @throws UncheckedIOException if there is less space, or no file can be written
   */
  MappedCodeCache(Path directory, long expectedBytes) {
    this.directory = directory;
    try {
      requireSpace(expectedBytes);
      file = Files.createTempFile(directory, "codes-", ".bin");
      out = Files.newOutputStream(file);
    } catch (IOException e) {
      throw failure(expectedBytes, e);
    }
  }

  private void requireSpace(long bytes) throws IOException {
    long free = Files.getFileStore(directory).getUsableSpace();
    if (bytes > free) {
      throw new IOException("only " + free + " bytes are free");
    }
  }

  private UncheckedIOException failure(long bytes, IOException cause) {
    return new UncheckedIOException(
        "cannot cache %s bytes of codes in %s: %s".formatted(bytes, directory, reason(cause)),
        cause);
  }

  private static String reason(IOException e) {
    String name = e.getClass().getSimpleName();
    return e.getClass() == IOException.class ? e.getMessage() : name + " " + e.getMessage();
  }

  Path file() {
    return file;
  }

  @Override
  void write(ByteBuffer bytes) {
    long needed = bytes() + bytes.remaining();
    try {
      while (bytes.hasRemaining()) {
        int count = Math.min(bytes.remaining(), chunk.length);
        bytes.get(chunk, 0, count);
        out.write(chunk, 0, count);
      }
    } catch (IOException e) {
      throw failure(needed, e);
    }
  }

  @Override
  ByteBuffer segment(int index) {
    if (segments.isEmpty()) {
      map();
    }
    return segments.get(index);
  }

  private void map() {
    try {
      for (long from = 0; from < bytes(); from += segmentBytes()) {
        segments.add(map(from, Math.min(segmentBytes(), bytes() - from)));
      }
    } catch (IOException e) {
      throw failure(bytes(), e);
    }
  }

  /** Whether or not the thread is interrupted, which it is afterwards as well. */
  private ByteBuffer map(long from, long size) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        interrupted |= Thread.interrupted();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
          return channel.map(MapMode.READ_ONLY, from, size);
        } catch (ClosedByInterruptException e) {
          // Interrupted amid it: once more.
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  int maxSegmentBytes() {
    return MAX_SEGMENT_BYTES;
  }

  @Override
  public Place place() {
    return Place.FILE;
  }

  /** Deletes the file; where maps hold it (Windows), it goes with the JVM. */
  @Override
  public void close() {
    segments.clear();
    try (out) {
      Files.newOutputStream(file).close(); // or it would fill the disk until its maps are collected
      Files.deleteIfExists(file);
    } catch (IOException e) {
      file.toFile().deleteOnExit();
    }
  }
}
