package io.github.dae4j.datasets;

import io.github.dae4j.internal.file.FileErrors;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Arrays that NumPy has written as {@code .npy} (format 1 to 3, gzipped or not): numbers of any
 * width, or booleans, in C order.
 *
 * <p>Source: NumPy's documentation of {@code numpy.lib.format}. Objects, which would have to be
 * unpickled, are refused.
 */
public final class NumpyFile {

  /** The most values a file may hold. */
  public static final int MAX_VALUES = 1 << 28;

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAX_HEADER = 1 << 16;
  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([<>|=])([a-zA-Z])(\\d)'");
  private static final Set<String> TYPES =
      Set.of("b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8");

  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE =
      Pattern.compile("'shape'\\s*:\\s*\\(( *[0-9]+ *(?:, *[0-9]+ *)*,? *| *)\\)");

  private final Path path;

  private NumpyFile(Path path) {
    this.path = path;
  }

  /**
   * Reads images: [n, height, width], [n, height, width, 1 or 3], of whole numbers 0 to 255, of
   * numbers in [0, 1] or of booleans.
   *
   * @throws DataException naming the file and what is wrong with it
   */
  public static ImageSet readImages(Path path) {
    NumpyFile file = new NumpyFile(path);
    Content content = file.read();
    int[] shape = content.shape;
    boolean colour = shape.length == 4 && shape[3] == 3;
    if (shape.length != 3 && !(shape.length == 4 && (shape[3] == 1 || colour))) {
      throw file.error(
          "must hold images [n, height, width] or [n, height, width, 1 or 3], got shape %s",
          Arrays.toString(shape));
    }
    int divisor = content.whole ? 255 : 1;
    float[] values = content.values;
    for (int i = 0; i < values.length; i++) {
      values[i] /= divisor;
      if (!(values[i] >= 0 && values[i] <= 1)) {
        throw file.error(
            "must hold numbers in [0, %s], got %s in image %d",
            divisor, values[i] * divisor, i / (values.length / shape[0]) + 1);
      }
    }
    ImageShape image;
    try {
      image = new ImageShape(shape[1], shape[2], colour ? 3 : 1);
    } catch (IllegalArgumentException e) {
      throw file.error("must hold images of a possible size: %s", e.getMessage());
    }
    INDArray images = Nd4j.createFromArray(values).reshape(shape[0], image.values());
    return new ImageSet(images, image, new int[0], List.of());
  }

  private record Content(int[] shape, float[] values, boolean whole) {}

  private Content read() {
    try (DataInputStream in = new DataInputStream(Unpacked.open(path))) {
      Matcher[] header = header(in);
      char kind = header[0].group(2).charAt(0);
      int width = Integer.parseInt(header[0].group(3));
      if (!TYPES.contains("" + kind + width)) {
        throw error("must hold numbers, got type %s%d", kind, width);
      }
      if (header[1].group(1).equals("True")) {
        throw error("must be in C order, got Fortran order (numpy.ascontiguousarray mends it)");
      }
      int[] shape = shape(header[2].group(1));
      int values = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
      ByteOrder order =
          header[0].group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
      return new Content(shape, values(in, values, kind, width, order), kind == 'i' || kind == 'u');
    } catch (NoSuchFileException e) {
      throw new DataException(path + ": does not exist", e);
    } catch (ZipException | EOFException e) {
      throw new DataException(path + ": ends too early or is corrupt gzip", e);
    } catch (IOException e) {
      throw new DataException(path + ": cannot be read: " + FileErrors.reason(e), e);
    }
  }

  private Matcher[] header(DataInputStream in) throws IOException {
    byte[] start = in.readNBytes(MAGIC.length + 2);
    if (start.length < MAGIC.length + 2 || !Arrays.equals(start, 0, 6, MAGIC, 0, 6)) {
      throw error("must be an array that NumPy has written (.npy)");
    }
    int length =
        start[6] == 1
            ? Short.toUnsignedInt(Short.reverseBytes(in.readShort()))
            : Integer.reverseBytes(in.readInt());
    if (length < 0 || length > MAX_HEADER) {
      throw error("must have a header of at most %d bytes, got %d", MAX_HEADER, length);
    }
    String text = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    Matcher[] found = {TYPE.matcher(text), ORDER.matcher(text), SHAPE.matcher(text)};
    if (!Arrays.stream(found).allMatch(Matcher::find)) {
      throw error("must hold one array of plain numbers");
    }
    return found;
  }

  private int[] shape(String text) {
    long values = 1;
    int[] shape =
        Arrays.stream(text.split(","))
            .map(String::strip)
            .filter(size -> !size.isEmpty())
            .mapToInt(size -> size.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(size))
            .toArray();
    for (int size : shape) {
      values = Math.min(values * size, 1L << 31);
    }
    if (shape.length == 0 || values < 1 || values > MAX_VALUES) {
      throw error(
          "must hold 1 to %d values, got shape %s",
          MAX_VALUES,
          Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(" x ")));
    }
    return shape;
  }

  private float[] values(InputStream in, int values, char kind, int width, ByteOrder order)
      throws IOException {
    if (values > Integer.MAX_VALUE / width) {
      throw error("must hold less than 2 GB, got %d values of %d bytes", values, width);
    }
    // Grows with what is there, not with what the header announces.
    byte[] bytes = in.readNBytes(values * width);
    if (bytes.length < values * width) {
      throw error(
          "ends too early: expected %d bytes of values, got %d", values * width, bytes.length);
    }
    if (in.read() >= 0) {
      throw error("is too long: expected %d bytes of values, got more", values * width);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
    float[] numbers = new float[values];
    for (int i = 0; i < values; i++) {
      numbers[i] = number(buffer, kind, width);
    }
    return numbers;
  }

  private static float number(ByteBuffer buffer, char kind, int width) {
    boolean unsigned = kind != 'i';
    return switch (width) {
      case 1 -> unsigned ? buffer.get() & 0xff : buffer.get();
      case 2 ->
          kind == 'f'
              ? half(buffer.getShort())
              : unsigned ? buffer.getShort() & 0xffff : buffer.getShort();
      case 4 ->
          kind == 'f'
              ? buffer.getFloat()
              : unsigned ? Integer.toUnsignedLong(buffer.getInt()) : buffer.getInt();
      default -> kind == 'f' ? (float) buffer.getDouble() : buffer.getLong();
    };
  }

  /** Sign, 5 bits of exponent, 10 of fraction (IEEE 754); Java has this from 20 on. */
  private static float half(short bits) {
    int exponent = bits >> 10 & 31;
    int fraction = bits & 1023;
    float size =
        switch (exponent) {
          case 0 -> Math.scalb(fraction, -24);
          case 31 -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
          default -> Math.scalb(1024f + fraction, exponent - 25);
        };
    return bits < 0 ? -size : size;
  }

  private DataException error(String rule, Object... values) {
    return new DataException(path + ": " + rule.formatted(values));
  }
}
