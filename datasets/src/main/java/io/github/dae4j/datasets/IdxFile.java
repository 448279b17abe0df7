package io.github.dae4j.datasets;

import io.github.dae4j.internal.file.FileErrors;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.ZipException;

/**
 * A file of unsigned bytes in the IDX format of MNIST (LeCun, Cortes and Burges), gzipped or not.
 *
 * @param path where it was read
 * @param shape [images, rows, columns] or [labels]
 * @param values the unsigned bytes, the last index fastest
 */
public record IdxFile(Path path, int[] shape, byte[] values) {

  /** The most values a file may hold: five times the training images of MNIST. */
  public static final int MAX_VALUES = 1 << 28;

  private static final int IMAGES = 0x00000803;
  private static final int LABELS = 0x00000801;

  /**
   * Reads images (magic 0x00000803), 0 black to 255 white.
   *
   * @throws DataException if the file cannot be read or is not such a file, from first to last byte
   */
  public static IdxFile readImages(Path path) {
    return read(path, IMAGES, "images");
  }

  /**
   * Reads labels (magic 0x00000801).
   *
   * @throws DataException if the file cannot be read or is not such a file, from first to last byte
   */
  public static IdxFile readLabels(Path path) {
    return read(path, LABELS, "labels");
  }

  private static IdxFile read(Path path, int magic, String kind) {
    try (InputStream in = Unpacked.open(path)) {
      int[] shape = readShape(in, path, magic, kind);
      int expected = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
      // Grows with what is there, not with what the header announces.
      byte[] values = in.readNBytes(expected);
      if (values.length < expected) {
        throw new DataException(
            "%s ends too early: expected %s = %d bytes after the header, found %d"
                .formatted(path, times(shape), expected, values.length));
      }
      if (in.read() >= 0) {
        throw new DataException(
            "%s is too long: expected %s = %d bytes after the header, found more"
                .formatted(path, times(shape), expected));
      }
      return new IdxFile(path, shape, values);
    } catch (NoSuchFileException e) {
      throw new DataException(path + " does not exist: expected an IDX file of " + kind, e);
    } catch (ZipException | EOFException e) {
      throw new DataException(
          "%s is corrupt gzip: expected an IDX file of %s, found \"%s\""
              .formatted(path, kind, e.getMessage()),
          e);
    } catch (IOException e) {
      throw new DataException(
          "%s cannot be read: expected an IDX file of %s, found \"%s\""
              .formatted(path, kind, FileErrors.reason(e)),
          e);
    }
  }

  private static int[] readShape(InputStream in, Path path, int magic, String kind)
      throws IOException {
    int dimensions = magic & 0xff;
    byte[] header = in.readNBytes(4 + 4 * dimensions);
    if (header.length == 0) {
      throw new DataException(path + " is empty: expected an IDX file of " + kind);
    }
    ByteBuffer buffer = ByteBuffer.wrap(header);
    if (header.length >= 4 && buffer.getInt() != magic) {
      throw new DataException(
          "%s is no IDX file of %s: expected the first bytes 0x%08x, found 0x%08x"
              .formatted(path, kind, magic, buffer.getInt(0)));
    }
    if (header.length < 4 + 4 * dimensions) {
      throw new DataException(
          "%s ends too early: expected a header of %d bytes, found %d"
              .formatted(path, 4 + 4 * dimensions, header.length));
    }
    int[] shape = new int[dimensions];
    long values = 1;
    for (int i = 0; i < dimensions; i++) {
      shape[i] = buffer.getInt();
      values = Math.min(values * Integer.toUnsignedLong(shape[i]), 1L << 31);
    }
    if (values < 1 || values > MAX_VALUES) {
      throw new DataException(
          "%s has an impossible header: expected 1 to %d values, found %s"
              .formatted(path, MAX_VALUES, times(shape)));
    }
    return shape;
  }

  private static String times(int[] shape) {
    return Arrays.stream(shape)
        .mapToObj(Integer::toUnsignedString)
        .collect(Collectors.joining(" x "));
  }
}
