package io.github.dae4j.stacked.internal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A cache over byte buffers of equally many whole rows each: a buffer ends at 2 GiB, data may not.
 */
abstract class SegmentedCodeCache implements CodeCache {

  private RowLayout layout;
  private int rows;
  private boolean sealed;
  private int rowsPerSegment;

  /** Stores the bytes of some whole rows after those before. */
  abstract void write(ByteBuffer bytes);

  /** The buffer with the rows from {@code index * rowsPerSegment()} on. */
  abstract ByteBuffer segment(int index);

  /** The bytes that a segment should not exceed, unless a single row does. */
  abstract int maxSegmentBytes();

  @Override
  @SuppressWarnings("try")
  public void append(INDArray minibatch) {
    if (sealed) {
      throw new IllegalStateException("rows have been read, none can be added");
    }
    if (layout == null) {
      layout = RowLayout.of(minibatch);
      rowsPerSegment = Math.max(1, maxSegmentBytes() / layout.rowBytes());
    }
    layout.require(minibatch);
    try (MemoryWorkspace scope = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      INDArray contiguous = minibatch.dup('c');
      write(layout.bytes(contiguous));
      contiguous.close();
    }
    rows = Math.addExact(rows, Math.toIntExact(minibatch.size(0)));
  }

  @Override
  public INDArray read(int[] indices) {
    sealed = true;
    int rowBytes = rowBytes();
    INDArray result = layout.create(indices.length);
    ByteBuffer to = layout.bytes(result);
    for (int i = 0; i < indices.length; i++) {
      int row = indices[i];
      ByteBuffer from = segment(row / rowsPerSegment);
      to.put(i * rowBytes, from, row % rowsPerSegment * rowBytes, rowBytes);
    }
    return layout.filled(result);
  }

  @Override
  public final int rows() {
    return rows;
  }

  @Override
  public final long bytes() {
    return layout == null ? 0 : (long) rows * rowBytes();
  }

  final int segmentBytes() {
    return rowsPerSegment * rowBytes();
  }

  private int rowBytes() {
    return layout.rowBytes();
  }

  /** A cache in memory beside the heap, which {@code -XX:MaxDirectMemorySize} limits. */
  static final class InMemory extends SegmentedCodeCache {

    private static final int MAX_SEGMENT_BYTES = 1 << 24;

    private final List<ByteBuffer> segments = new ArrayList<>();

    @Override
    void write(ByteBuffer bytes) {
      while (bytes.hasRemaining()) {
        ByteBuffer last = segments.isEmpty() ? null : segments.get(segments.size() - 1);
        if (last == null || !last.hasRemaining()) {
          last = ByteBuffer.allocateDirect(segmentBytes());
          segments.add(last);
        }
        int count = Math.min(last.remaining(), bytes.remaining());
        last.put(bytes.slice(bytes.position(), count));
        bytes.position(bytes.position() + count);
      }
    }

    @Override
    ByteBuffer segment(int index) {
      return segments.get(index).limit(segmentBytes());
    }

    @Override
    int maxSegmentBytes() {
      return MAX_SEGMENT_BYTES;
    }

    @Override
    public Place place() {
      return Place.MEMORY;
    }

    @Override
    public void close() {
      segments.clear();
    }
  }

  /** Type and shape of one row of a {@link CodeCache}, and how rows lie in memory: in c order. */
  static final class RowLayout {

    private final DataType type;
    private final long[] shape;

    private RowLayout(DataType type, long[] shape) {
      this.type = type;
      this.shape = shape;
    }

    static RowLayout of(INDArray minibatch) {
      return new RowLayout(minibatch.dataType(), rowShape(minibatch));
    }

    private static long[] rowShape(INDArray minibatch) {
      long[] shape = minibatch.shape();
      return Arrays.copyOfRange(shape, 1, shape.length);
    }

    int rowBytes() {
      return Math.toIntExact(type.width() * Arrays.stream(shape).reduce(1, Math::multiplyExact));
    }

    void require(INDArray minibatch) {
      if (minibatch.dataType() != type || !Arrays.equals(rowShape(minibatch), shape)) {
        throw new IllegalArgumentException(
            "every example must be %s %s like the first, got %s %s"
                .formatted(
                    type,
                    Arrays.toString(shape),
                    minibatch.dataType(),
                    Arrays.toString(rowShape(minibatch))));
      }
    }

    /** An array for so many rows, to be filled through {@link #bytes} and then {@link #filled}. */
    INDArray create(int rows) {
      long[] full = new long[shape.length + 1];
      full[0] = rows;
      System.arraycopy(shape, 0, full, 1, shape.length);
      return Nd4j.createUninitialized(type, full, 'c');
    }

    /** The memory of an array of its own, in c order, on the host. */
    ByteBuffer bytes(INDArray rows) {
      Nd4j.getAffinityManager().ensureLocation(rows, Location.HOST);
      int size = Math.toIntExact(rows.size(0) * rowBytes());
      return rows.data().asNio().limit(size);
    }

    INDArray filled(INDArray rows) {
      Nd4j.getAffinityManager().tagLocation(rows, Location.HOST);
      return rows;
    }
  }
}
