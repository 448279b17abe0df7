package io.github.dae4j.internal.file;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

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
   * @throws ZipException here and when they are read, if they are damaged or end too early; other
   *     exceptions are the packed stream's own
   */
  public static InputStream unpacked(InputStream packed) throws IOException {
    try {
      return new Members(packed);
    } catch (EOFException e) {
      throw endsTooEarly(e);
    }
  }

  /** The bytes, unpacked if they are gzip. */
  public static InputStream unpackedIfPacked(InputStream bytes) throws IOException {
    BufferedInputStream in = new BufferedInputStream(bytes, BUFFER);
    return isAt(in) ? unpacked(in) : in;
  }

  /** All damage is a ZipException, a missing end too. */
  private static final class Members extends GZIPInputStream {

    Members(InputStream packed) throws IOException {
      super(new Waiting(packed), BUFFER);
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      try {
        return super.read(bytes, from, length);
      } catch (EOFException e) {
        throw endsTooEarly(e);
      }
    }
  }

  private static ZipException endsTooEarly(EOFException e) {
    ZipException damage = new ZipException("it ends too early");
    damage.initCause(e);
    return damage;
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
