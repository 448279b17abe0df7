package io.github.dae4j.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;

/** Writes small IDX files. */
public final class IdxBytes {

  private IdxBytes() {}

  /** A header with any sizes, and any bytes after it. */
  public static byte[] file(int magic, int[] sizes, byte... values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * sizes.length + values.length).putInt(magic);
    for (int size : sizes) {
      buffer.putInt(size);
    }
    return buffer.put(values).array();
  }

  /** Images whose bytes count up from 0 (and around). */
  public static byte[] images(int count, int rows, int columns) {
    byte[] values = new byte[count * rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) i;
    }
    return file(0x803, new int[] {count, rows, columns}, values);
  }

  public static byte[] labels(int... labels) {
    byte[] values = new byte[labels.length];
    for (int i = 0; i < labels.length; i++) {
      values[i] = (byte) labels[i];
    }
    return file(0x801, new int[] {labels.length}, values);
  }

  public static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
