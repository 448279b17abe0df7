package io.github.dae4j.stacked.internal;

import java.nio.ByteBuffer;
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
}
