package io.github.dae4j.stacked.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A cache in a file of its own, written through a channel and read through maps of it.
 *
 * <p>A full disk is an error of the channel; a write to a map would end the JVM instead. The file
 * lies in the given directory and is deleted by {@link #close}.
 */
final class MappedCodeCache extends SegmentedCodeCache {

  private static final int MAX_SEGMENT_BYTES = 1 << 28;

  private final Path directory;
  private final Path file;
  private final FileChannel channel;
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
      channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
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
        channel.write(bytes);
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
        long size = Math.min(segmentBytes(), bytes() - from);
        segments.add(channel.map(MapMode.READ_ONLY, from, size));
      }
    } catch (IOException e) {
      throw failure(bytes(), e);
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
    try (channel) {
      channel.truncate(0); // or the disk would be full of it until its maps are collected
      Files.deleteIfExists(file);
    } catch (IOException e) {
      file.toFile().deleteOnExit();
    }
  }
}
