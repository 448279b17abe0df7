package io.github.dae4j.ui;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.deeplearning4j.core.storage.Persistable;

/**
 * A stage of a training at one moment, for storages in memory.
 *
 * @param getSessionID that of DL4J's pages for this stage
 * @param getTimeStamp milliseconds since 1970
 * @param scores means over {@code iterationsPerScore} iterations each
 */
record Snapshot(
    String getSessionID,
    long getTimeStamp,
    String title,
    Progress progress,
    List<Double> scores,
    int iterationsPerScore,
    Pictures pictures)
    implements Persistable {

  static final String TYPE = "dae4j pictures";

  private static final long serialVersionUID = 1L;

  /** The last iteration; both counts begin at 1. */
  record Progress(int epoch, int iteration, double score) implements java.io.Serializable {}

  /** PNGs: the first filters of so many units, and a row each of the same images. */
  record Pictures(
      long units,
      int filtersShown,
      byte[] filters,
      byte[] clean,
      byte[] corrupted,
      byte[] reconstructed)
      implements java.io.Serializable {

    /** Of a network that has nothing to show. */
    static final Pictures NONE =
        new Pictures(0, 0, new byte[0], new byte[0], new byte[0], new byte[0]);
  }

  @Override
  public String getTypeID() {
    return TYPE;
  }

  @Override
  public String getWorkerID() {
    return PictureListener.WORKER;
  }

  @Override
  public int encodingLengthBytes() {
    throw inMemoryOnly();
  }

  @Override
  public byte[] encode() {
    throw inMemoryOnly();
  }

  @Override
  public void encode(ByteBuffer buffer) {
    throw inMemoryOnly();
  }

  @Override
  public void encode(OutputStream out) {
    throw inMemoryOnly();
  }

  @Override
  public void decode(byte[] bytes) {
    throw inMemoryOnly();
  }

  @Override
  public void decode(ByteBuffer buffer) {
    throw inMemoryOnly();
  }

  @Override
  public void decode(InputStream in) {
    throw inMemoryOnly();
  }

  private static UnsupportedOperationException inMemoryOnly() {
    return new UnsupportedOperationException("pictures of a training are kept in memory alone");
  }
}
