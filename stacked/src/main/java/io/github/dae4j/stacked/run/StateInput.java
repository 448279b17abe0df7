package io.github.dae4j.stacked.run;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Reads the parts of states; no size is believed that the rest of the file has no room for. */
final class StateInput {

  private static final Set<DataType> TYPES =
      Set.of(DataType.DOUBLE, DataType.FLOAT, DataType.FLOAT16, DataType.BFLOAT16);
  private static final int CHUNK = 1 << 16;

  /** Reads one value. */
  @FunctionalInterface
  interface Reader<T> {
    T read() throws IOException;
  }

  private final Rest rest;
  private final DataInputStream in;

  /**
   * Reads from a stream.
   *
   * @param size the bytes that are left in it
   */
  StateInput(InputStream in, long size) {
    rest = new Rest(in, size);
    this.in = new DataInputStream(rest);
  }

  boolean flag() throws IOException {
    return in.readBoolean();
  }

  int integer() throws IOException {
    return in.readInt();
  }

  long longInteger() throws IOException {
    return in.readLong();
  }

  double real() throws IOException {
    return in.readDouble();
  }

  String text() throws IOException {
    return in.readUTF();
  }

  <T> T optional(Reader<T> reader) throws IOException {
    return in.readBoolean() ? reader.read() : null;
  }

  <T> List<T> list(Reader<T> reader) throws IOException {
    int count = in.readInt();
    require(count >= 0 && count <= rest.left, "a list of " + count);
    List<T> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(reader.read());
    }
    return values;
  }

  /** An array [length]. */
  INDArray array() throws IOException {
    String name = in.readUTF();
    long length = in.readLong();
    DataType type =
        TYPES.stream().filter(known -> known.name().equals(name)).findAny().orElse(null);
    require(
        type != null && length > 0 && length <= rest.left / type.width(),
        "an array of " + length + " x " + name);
    INDArray array = Nd4j.createUninitialized(type, length);
    byte[] chunk = new byte[CHUNK];
    ArrayBytes.write(
        array,
        bytes -> {
          while (bytes.hasRemaining()) {
            int count = Math.min(chunk.length, bytes.remaining());
            in.readFully(chunk, 0, count);
            bytes.put(chunk, 0, count);
          }
        });
    return array;
  }

  /** That nothing is left. */
  void requireEnd() throws IOException {
    if (rest.left > 0) {
      throw new IOException("it goes on for %d bytes after its end".formatted(rest.left));
    }
  }

  private void require(boolean holds, String what) throws IOException {
    if (!holds) {
      throw new IOException("it has %s where %d bytes are left".formatted(what, rest.left));
    }
  }

  /** A stream that knows how much of it is left. */
  private static final class Rest extends InputStream {

    private final InputStream in;
    private long left;

    Rest(InputStream in, long left) {
      this.in = in;
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      if (left == 0) {
        return -1;
      }
      left--;
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int count = in.read(bytes, from, (int) Math.min(left, length));
      left -= Math.max(0, count);
      return count;
    }
  }
}
