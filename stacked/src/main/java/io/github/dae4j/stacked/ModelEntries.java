package io.github.dae4j.stacked;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.deeplearning4j.util.ModelSerializer;

/** The entries of a model file, with their names, sizes and checksums checked. */
final class ModelEntries implements AutoCloseable {

  /** What another package keeps with the model: bytes that are its own to read. */
  static final String ATTACHMENT_BIN = "attachment.bin";

  /** How many bytes an entry may have unpacked; DL4J itself takes no more than the largest. */
  private static final Map<String, Long> LIMITS =
      new TreeMap<>(
          Map.of(
              ModelSerializer.CONFIGURATION_JSON,
              16L << 20,
              ModelSerializer.COEFFICIENTS_BIN,
              (long) Integer.MAX_VALUE,
              ModelSerializer.UPDATER_BIN,
              (long) Integer.MAX_VALUE,
              ModelSerializer.NORMALIZER_BIN,
              64L << 20,
              ATTACHMENT_BIN,
              64L << 20));

  /** Reads one value from the bytes of an entry. */
  @FunctionalInterface
  interface Reader<T> {

    /**
     * @param in the entry from its beginning
     * @param size how many bytes it says it has
     */
    T read(DataInputStream in, long size) throws IOException;
  }

  /** What deflate makes of a byte at best, so that a small file cannot claim to be a large one. */
  private static final long MOST_PER_BYTE = 1032;

  private final ZipFile zip;

  ModelEntries(Path file) throws IOException {
    zip = open(file);
    try {
      for (ZipEntry entry : zip.stream().toList()) {
        requireAllowed(entry, MOST_PER_BYTE * Files.size(file));
      }
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private static ZipFile open(Path file) throws IOException {
    try {
      return new ZipFile(file.toFile());
    } catch (ZipException e) {
      throw new IOException("it is no whole zip file: " + e.getMessage(), e);
    }
  }

  private static void requireAllowed(ZipEntry entry, long most) throws IOException {
    Long limit = LIMITS.get(entry.getName());
    if (limit == null) {
      throw new IOException(
          "it has an entry %s, which is none of %s".formatted(entry.getName(), LIMITS.keySet()));
    }
    if (!(entry.getSize() >= 0 && entry.getSize() <= Math.min(limit, most))) {
      throw new IOException(
          "its entry %s has %d bytes, more than %d"
              .formatted(entry.getName(), entry.getSize(), Math.min(limit, most)));
    }
  }

  boolean has(String name) {
    return zip.getEntry(name) != null;
  }

  byte[] bytes(String name) throws IOException {
    return read(name, (in, size) -> in.readNBytes((int) size));
  }

  /** The value of an entry that ends where the reader does and has the checksum it says. */
  <T> T read(String name, Reader<T> reader) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException("it has no entry " + name);
    }
    CheckedInputStream checked = new CheckedInputStream(zip.getInputStream(entry), new CRC32());
    try (DataInputStream in = new DataInputStream(new BufferedInputStream(checked))) {
      T value = reader.read(in, entry.getSize());
      if (in.read() >= 0 || checked.getChecksum().getValue() != entry.getCrc()) {
        throw new IOException("the content of its entry " + name + " is damaged");
      }
      return value;
    } catch (EOFException | ZipException | RuntimeException e) {
      throw new IOException("the content of its entry " + name + " is damaged", e);
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
