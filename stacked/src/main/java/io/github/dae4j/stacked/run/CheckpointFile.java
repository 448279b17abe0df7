package io.github.dae4j.stacked.run;

import io.github.dae4j.stacked.internal.SealedFile;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** A checkpoint in a sealed file: a mark, a version, the checkpoint. */
final class CheckpointFile {

  private static final long MARK = 0x6461653463686b70L; // "dae4chkp"
  private static final int VERSION = 1;
  private static final int HEADER_BYTES = Long.BYTES + Integer.BYTES;

  private CheckpointFile() {}

  /** Writes it whole or not at all. */
  static void write(Path file, Checkpoint checkpoint) throws IOException {
    SealedFile.write(
        file,
        out -> {
          DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
          data.writeLong(MARK);
          data.writeInt(VERSION);
          new CheckpointWriter(new StateOutput(data)).write(checkpoint);
          data.flush();
        });
  }

  /**
   * Reads it.
   *
   * @throws IOException saying what is wrong with the file, if it is not whole
   */
  static Checkpoint read(Path file) throws IOException {
    try {
      return SealedFile.read(file, CheckpointFile::read);
    } catch (RuntimeException e) {
      throw new IOException("its content is damaged: " + e.getMessage(), e);
    }
  }

  private static Checkpoint read(InputStream bytes, long size) throws IOException {
    if (size < HEADER_BYTES) {
      throw new IOException("it is truncated");
    }
    StateInput in = new StateInput(bytes, size);
    if (in.longInteger() != MARK) {
      throw new IOException("it is no checkpoint");
    }
    int version = in.integer();
    if (version != VERSION) {
      throw new IOException("its version is %d, not %d".formatted(version, VERSION));
    }
    return new CheckpointReader(in).read();
  }
}
