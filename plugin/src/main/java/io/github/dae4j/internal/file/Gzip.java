package io.github.dae4j.internal.file;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Streams that may be gzip, of one member or of several, one behind another. */
public final class Gzip {

  private static final int BUFFER = 1 << 16;

  private Gzip() {}

  /** Whether a stream begins with gzip's mark 1f 8b; it is then at its beginning again. */
  public static boolean isAt(BufferedInputStream in) throws IOException {
    in.mark(2);
    boolean isGzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return isGzip;
  }

  /**
   * The unpacked bytes of all members.
   *
   * @throws IOException if the first member's header is none
   */
  public static InputStream unpacked(InputStream packed) throws IOException {
    return new GZIPInputStream(new Waiting(packed), BUFFER);
  }

  /** The bytes, unpacked if they are gzip. */
  public static InputStream unpackedIfPacked(InputStream bytes) throws IOException {
    BufferedInputStream in = new BufferedInputStream(bytes, BUFFER);
    return isAt(in) ? unpacked(in) : in;
  }

  /**
   * Says that there is more until a read finds the end. GZIPInputStream takes a pipe whose writer
   * is slow, with nothing to read right now, for one that has ended, and drops the next members.
   */
  private static final class Waiting extends FilterInputStream {

    Waiting(InputStream in) {
      super(in);
    }

    @Override
    public int available() throws IOException {
      return Math.max(1, super.available());
    }
  }
}
