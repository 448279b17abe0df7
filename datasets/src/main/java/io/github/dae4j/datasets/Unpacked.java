package io.github.dae4j.datasets;

import io.github.dae4j.internal.file.Gzip;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.ZipException;

/** Opens files that may be gzipped, whatever their names say. */
final class Unpacked {

  private Unpacked() {}

  /** The unpacked bytes of a file: it is gzip if it starts with 1f 8b. */
  static InputStream open(Path path) throws IOException {
    return open(Files.newInputStream(path));
  }

  private static InputStream open(InputStream file) throws IOException {
    try {
      return Gzip.unpackedIfPacked(file);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Compares the SHA-256 of the unpacked bytes.
   *
   * @throws IOException if it differs, or the bytes are damaged
   */
  static void check(byte[] bytes, String sha256) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(open(new ByteArrayInputStream(bytes)), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (ZipException e) {
      throw new IOException("corrupt gzip: " + e.getMessage(), e);
    }
    String found = HexFormat.of().formatHex(digest.digest());
    if (!found.equalsIgnoreCase(sha256)) {
      throw new IOException(
          "other content (SHA-256 %.8s... instead of %.8s...)".formatted(found, sha256));
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
