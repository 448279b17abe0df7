package io.github.dae4j.stacked.marginalized;

import io.github.dae4j.stacked.internal.DamageReason;
import io.github.dae4j.stacked.internal.SealedFile;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A {@link MarginalizedStack} in a sealed file: a mark, a version, level, ridge, the numbers of
 * layers and features, and for each layer W' [nIn + 1, nIn], row by row, big-endian.
 */
final class MarginalizedFile {

  private static final long MARK = 0x646165346d736461L; // "dae4msda"
  private static final int VERSION = 1;
  private static final int HEADER_BYTES = Long.BYTES + 2 * Double.BYTES + 3 * Integer.BYTES;

  private MarginalizedFile() {}

  static void write(Path file, MarginalizedStack stack) throws IOException {
    SealedFile.write(
        file,
        out -> {
          DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
          data.writeLong(MARK);
          data.writeInt(VERSION);
          data.writeDouble(stack.masking().level());
          data.writeDouble(stack.masking().ridge());
          data.writeInt(stack.layers().size());
          data.writeInt(Math.toIntExact(stack.nIn()));
          for (MarginalizedAutoEncoder layer : stack.layers()) {
            write(layer.rows(), data);
          }
          data.flush();
        });
  }

  private static void write(INDArray rows, DataOutputStream data) throws IOException {
    for (double[] row : rows.toDoubleMatrix()) {
      for (double value : row) {
        data.writeDouble(value);
      }
    }
  }

  static MarginalizedStack read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString(), null, "no stack to load");
    }
    try {
      return SealedFile.read(file, MarginalizedFile::read);
    } catch (IOException | RuntimeException e) {
      throw new IOException(
          "Cannot load %s: expected a stack that MarginalizedStack has saved, but %s"
              .formatted(file, DamageReason.of(e)),
          e);
    }
  }

  private static MarginalizedStack read(InputStream in, long size) throws IOException {
    require(size >= HEADER_BYTES, "it is truncated");
    DataInputStream data = new DataInputStream(in);
    require(data.readLong() == MARK, "it is none");
    int version = data.readInt();
    require(version == VERSION, "its version is %d, not %d".formatted(version, VERSION));
    MarginalizedMasking masking = new MarginalizedMasking(data.readDouble(), data.readDouble());
    int layers = data.readInt();
    int nIn = data.readInt();
    require(
        layers >= 1 && nIn >= 1 && size - HEADER_BYTES == bytes(layers, nIn),
        "it has %d bytes for %d layers of %d features".formatted(size, layers, nIn));
    List<MarginalizedAutoEncoder> read = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      read.add(MarginalizedAutoEncoder.ofRows(rows(data, nIn)));
    }
    return new MarginalizedStack(masking, read);
  }

  /** As a double, which has room for whatever a header says. */
  private static double bytes(int layers, int nIn) {
    return (double) layers * Double.BYTES * (nIn + 1L) * nIn;
  }

  private static double[][] rows(DataInputStream data, int nIn) throws IOException {
    double[][] rows = new double[nIn + 1][nIn];
    for (double[] row : rows) {
      for (int i = 0; i < nIn; i++) {
        row[i] = data.readDouble();
        require(Double.isFinite(row[i]), "it has the weight " + row[i]);
      }
    }
    return rows;
  }

  private static void require(boolean holds, String otherwise) throws IOException {
    if (!holds) {
      throw new IOException(otherwise);
    }
  }
}
