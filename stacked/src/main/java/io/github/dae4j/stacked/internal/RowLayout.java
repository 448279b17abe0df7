package io.github.dae4j.stacked.internal;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Type and shape of one row of a {@link CodeCache}, and how rows lie in memory: in c order. */
final class RowLayout {

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
