package io.github.dae4j.stacked.internal;

import io.github.dae4j.internal.file.WholeFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Whole files that end with the SHA-256 of all before it, by which truncation and any changed bit
 * are noticed before anything is believed.
 */
public final class SealedFile {

  private static final int SEAL_BYTES = 32;
  private static final int CHUNK = 1 << 16;

  /** Makes a value of what is in the file. */
  @FunctionalInterface
  public interface Reader<T> {

    /**
     * @param in the content from its beginning; the seal follows it
     * @param size the bytes of the content
     */
    T read(InputStream in, long size) throws IOException;
  }

  private SealedFile() {}

  /**
   * Writes {@code content} and its seal as {@link WholeFile} does.
   *
   * @throws IOException naming the file, which then is as it was before
   */
  public static void write(Path file, WholeFile.Content content) throws IOException {
    WholeFile.write(
        file,
        out -> {
          DigestOutputStream sealed = new DigestOutputStream(out, sha256());
          content.writeTo(sealed);
          out.write(sealed.getMessageDigest().digest());
        });
  }

  /**
   * Reads a file whose seal is right.
   *
   * @throws IOException saying what is wrong with the file: "it is truncated or damaged"
   */
  public static <T> T read(Path file, Reader<T> reader) throws IOException {
    long size = Files.size(file) - SEAL_BYTES;
    requireSeal(file, size);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), CHUNK)) {
      return reader.read(in, size);
    }
  }

  private static void requireSeal(Path file, long size) throws IOException {
    if (size < 0) {
      throw new IOException("it is truncated");
    }
    MessageDigest sha = sha256();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] chunk = new byte[CHUNK];
      for (long left = size; left > 0; ) {
        int count = in.read(chunk, 0, (int) Math.min(left, chunk.length));
        if (count < 0) {
          throw new IOException("it is truncated");
        }
        sha.update(chunk, 0, count);
        left -= count;
      }
      if (!Arrays.equals(sha.digest(), in.readNBytes(SEAL_BYTES + 1))) {
        throw new IOException("it is truncated or damaged");
      }
    }
  }

  /** A new digest. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
