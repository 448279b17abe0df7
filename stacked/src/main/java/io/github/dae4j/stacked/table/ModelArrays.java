package io.github.dae4j.stacked.table;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * JSON and matrices of FLOAT as bytes: mark, length and JSON, then rows, columns and cells of each.
 */
final class ModelArrays {

  static final long MARK = 0x64616534_7461626cL; // "dae4tabl"

  /** Far beyond any weight; products and sums of such are finite. */
  private static final float MOST = 1e9f;

  private ModelArrays() {}

  /** Collects matrices. */
  static final class Writer {

    private final ByteArrayOutputStream cells = new ByteArrayOutputStream();

    Writer put(float[]... rows) {
      ByteBuffer bytes =
          ByteBuffer.allocate(2 * Integer.BYTES + rows.length * rows[0].length * Float.BYTES);
      bytes.putInt(rows.length).putInt(rows[0].length);
      for (float[] row : rows) {
        for (float cell : row) {
          bytes.putFloat(cell);
        }
      }
      cells.writeBytes(bytes.array());
      return this;
    }

    byte[] bytes(byte[] json) throws IOException {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(all);
      out.writeLong(MARK);
      out.writeInt(json.length);
      out.write(json);
      cells.writeTo(out);
      return all.toByteArray();
    }
  }

  /** Gives them back in their order, with their sizes checked. */
  static final class Reader {

    private final ByteBuffer bytes;
    private final byte[] json;

    Reader(byte[] attachment) throws IOException {
      bytes = ByteBuffer.wrap(attachment);
      if (bytes.remaining() < Long.BYTES + Integer.BYTES || bytes.getLong() != MARK) {
        throw new IOException("what it keeps with the network is no table model");
      }
      int length = bytes.getInt();
      if (length < 0 || length > bytes.remaining()) {
        throw new IOException("its description is damaged");
      }
      json = new byte[length];
      bytes.get(json);
    }

    byte[] json() {
      return json;
    }

    float[] row(int columns) throws IOException {
      return rows(1, columns)[0];
    }

    /** With so many rows and columns. */
    float[][] rows(int rows, int columns) throws IOException {
      float[][] matrix = numbers();
      if (matrix.length != rows || matrix[0].length != columns) {
        throw new IOException(
            "one of its arrays must be [%d, %d], got [%d, %d]"
                .formatted(rows, columns, matrix.length, matrix[0].length));
      }
      return matrix;
    }

    /** With so many rows and any columns. */
    float[][] rows(int rows) throws IOException {
      float[][] matrix = numbers();
      if (matrix.length != rows) {
        throw new IOException(
            "one of its arrays must have %d rows, got %d".formatted(rows, matrix.length));
      }
      return matrix;
    }

    /** With any rows and so many columns, NaN of missing cells. */
    float[][] rowsOf(int columns) throws IOException {
      float[][] matrix = next();
      if (matrix[0].length != columns) {
        throw new IOException(
            "one of its arrays must have %d columns, got %d".formatted(columns, matrix[0].length));
      }
      for (float[] row : matrix) {
        for (float value : row) {
          if (Math.abs(value) > Scale.MOST) {
            throw new IOException(
                "its rows must hold numbers up to %s, got %s".formatted(Scale.MOST, value));
          }
        }
      }
      return matrix;
    }

    private float[][] numbers() throws IOException {
      float[][] matrix = next();
      for (float[] row : matrix) {
        for (float value : row) {
          if (!(Math.abs(value) <= MOST)) {
            throw new IOException(
                "its arrays must hold finite numbers up to %s, got %s".formatted(MOST, value));
          }
        }
      }
      return matrix;
    }

    float[][] next() throws IOException {
      try {
        int rows = bytes.getInt();
        int columns = bytes.getInt();
        if (rows < 1 || columns < 1 || (long) rows * columns > bytes.remaining() / Float.BYTES) {
          throw new IOException("one of its arrays claims to be [%d, %d]".formatted(rows, columns));
        }
        float[][] matrix = new float[rows][columns];
        for (float[] row : matrix) {
          for (int i = 0; i < columns; i++) {
            row[i] = bytes.getFloat();
          }
        }
        return matrix;
      } catch (BufferUnderflowException e) {
        throw new IOException("one of its arrays is missing", e);
      }
    }

    void requireEnd() throws IOException {
      if (bytes.hasRemaining()) {
        throw new IOException("it has %d bytes too many".formatted(bytes.remaining()));
      }
    }
  }
}
