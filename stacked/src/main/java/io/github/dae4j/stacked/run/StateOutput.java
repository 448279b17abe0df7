package io.github.dae4j.stacked.run;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Writes the parts of states as {@link StateInput} reads them. */
final class StateOutput {

  /** Writes one value. */
  @FunctionalInterface
  interface Writer<T> {
    void write(T value) throws IOException;
  }

  private static final int CHUNK = 1 << 16;

  private final DataOutputStream out;

  StateOutput(DataOutputStream out) {
    this.out = out;
  }

  void flag(boolean value) throws IOException {
    out.writeBoolean(value);
  }

  void integer(int value) throws IOException {
    out.writeInt(value);
  }

  void longInteger(long value) throws IOException {
    out.writeLong(value);
  }

  void real(double value) throws IOException {
    out.writeDouble(value);
  }

  void text(String value) throws IOException {
    out.writeUTF(value);
  }

  /** A value that may be null. */
  <T> void optional(T value, Writer<T> writer) throws IOException {
    out.writeBoolean(value != null);
    if (value != null) {
      writer.write(value);
    }
  }

  <T> void list(List<T> values, Writer<T> writer) throws IOException {
    out.writeInt(values.size());
    for (T value : values) {
      writer.write(value);
    }
  }

  /** The numbers of an array, without its shape. */
  void array(INDArray array) throws IOException {
    out.writeUTF(array.dataType().name());
    out.writeLong(array.length());
    byte[] chunk = new byte[CHUNK];
    ArrayBytes.read(
        array,
        bytes -> {
          while (bytes.hasRemaining()) {
            int count = Math.min(chunk.length, bytes.remaining());
            bytes.get(chunk, 0, count);
            out.write(chunk, 0, count);
          }
        });
  }
}
