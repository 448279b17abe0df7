package io.github.dae4j.stacked.run;

import io.github.dae4j.stacked.storage.WholeFile;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A checkpoint in a file: a mark, a version, the checkpoint, and the SHA-256 of all that, by which
 * truncation and any changed bit are noticed before anything is believed.
 */
final class CheckpointFile {

  private static final long MARK = 0x6461653463686b70L; // "dae4chkp"
  private static final int VERSION = 1;
  private static final int HEADER_BYTES = Long.BYTES + Integer.BYTES;
  private static final int DIGEST_BYTES = 32;

  private CheckpointFile() {}

  /** Writes it whole or not at all. */
  static void write(Path file, Checkpoint checkpoint) throws IOException {
    WholeFile.write(
        file,
        out -> {
          DigestOutputStream digested = new DigestOutputStream(out, DataDigest.sha256());
          DataOutputStream data = new DataOutputStream(new BufferedOutputStream(digested, 1 << 16));
          data.writeLong(MARK);
          data.writeInt(VERSION);
          new CheckpointWriter(new StateOutput(data)).write(checkpoint);
          data.flush();
          out.write(digested.getMessageDigest().digest());
        });
  }

  /**
   * Reads it.
   *
   * @throws IOException saying what is wrong with the file, if it is not whole
   */
  static Checkpoint read(Path file) throws IOException {
    long size = Files.size(file) - DIGEST_BYTES;
    if (size < HEADER_BYTES) {
      throw new IOException("it is truncated");
    }
    requireDigest(file, size);
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      StateInput in = new StateInput(bytes, size);
      if (in.longInteger() != MARK) {
        throw new IOException("it is no checkpoint");
      }
      int version = in.integer();
      if (version != VERSION) {
        throw new IOException("its version is %d, not %d".formatted(version, VERSION));
      }
      return new CheckpointReader(in).read();
    } catch (RuntimeException e) {
      throw new IOException("its content is damaged: " + e.getMessage(), e);
    }
  }

  private static void requireDigest(Path file, long size) throws IOException {
    MessageDigest sha = DataDigest.sha256();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] chunk = new byte[1 << 16];
      for (long left = size; left > 0; ) {
        int count = in.read(chunk, 0, (int) Math.min(left, chunk.length));
        if (count < 0) {
          throw new IOException("it is truncated");
        }
        sha.update(chunk, 0, count);
        left -= count;
      }
      if (!Arrays.equals(sha.digest(), in.readAllBytes())) {
        throw new IOException("it is truncated or damaged");
      }
    }
  }
}
