package io.github.dae4j.stacked;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Set;
import org.nd4j.common.primitives.Triple;
import org.nd4j.linalg.api.buffer.BaseDataBuffer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataBuffer.AllocationMode;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A row of numbers as {@code Nd4j.write} stores it, read without believing what it says of its
 * size: {@code Nd4j.read} allocates what the header asks for and takes shape and strides as they
 * are.
 */
final class StoredVector {

  private static final Set<DataType> TYPES =
      Set.of(DataType.DOUBLE, DataType.FLOAT, DataType.FLOAT16, DataType.BFLOAT16);

  private StoredVector() {}

  /**
   * Reads a vector.
   *
   * @param in at its first byte; past its last one afterwards
   * @param size how many bytes it can have at most
   * @return [1, length]
   */
  static INDArray read(DataInputStream in, long size) throws IOException {
    skipShape(in, size);
    Triple<AllocationMode, Long, DataType> header = BaseDataBuffer.readHeader(in);
    DataType type = header.getRight();
    long length = header.getMiddle();
    if (!(TYPES.contains(type) && length > 0 && length <= size / type.width())) {
      throw new IOException("it has an array of %d x %s in %d bytes".formatted(length, type, size));
    }
    DataBuffer data = Nd4j.createBufferDetached(new long[] {length}, type);
    data.read(in, header.getLeft(), length, type);
    return Nd4j.create(data, new long[] {1, length});
  }

  /** Of a vector the shape says no more than the length of the data. */
  private static void skipShape(DataInputStream in, long size) throws IOException {
    Triple<AllocationMode, Long, DataType> header = BaseDataBuffer.readHeader(in);
    long bytes = header.getMiddle() * Long.BYTES;
    if (header.getRight() != DataType.INT64 || !(bytes > 0 && bytes <= size)) {
      throw new IOException("it has an array without a shape");
    }
    in.skipNBytes(bytes);
  }
}
