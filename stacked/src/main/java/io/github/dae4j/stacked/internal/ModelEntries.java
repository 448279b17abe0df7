package io.github.dae4j.stacked.internal;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.common.primitives.Triple;
import org.nd4j.linalg.api.buffer.BaseDataBuffer;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataBuffer.AllocationMode;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.dataset.api.preprocessor.ImagePreProcessingScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerMinMaxScaler;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.core.JsonToken;
import org.nd4j.shade.jackson.databind.json.JsonMapper;

/**
 * The entries of a model file, with their names, sizes and checksums checked, read without
 * believing what they say of themselves.
 */
final class ModelEntries implements AutoCloseable {

  /** What another package keeps with the model: bytes that are its own to read. */
  static final String ATTACHMENT_BIN = "attachment.bin";

  /** Words that whoever made the model keeps with it. */
  static final String PROPERTIES_JSON = "properties.json";

  static final long MOST_PROPERTIES = 4L << 20;

  /** How many bytes an entry may have unpacked; DL4J itself takes no more than the largest. */
  private static final Map<String, Long> LIMITS =
      new TreeMap<>(
          Map.of(
              ModelSerializer.CONFIGURATION_JSON,
              16L << 20,
              ModelSerializer.COEFFICIENTS_BIN,
              (long) Integer.MAX_VALUE,
              ModelSerializer.UPDATER_BIN,
              (long) Integer.MAX_VALUE,
              ModelSerializer.NORMALIZER_BIN,
              64L << 20,
              ATTACHMENT_BIN,
              64L << 20,
              PROPERTIES_JSON,
              MOST_PROPERTIES));

  private static final JsonMapper STRINGS =
      JsonMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  private static final Set<DataType> TYPES =
      Set.of(DataType.DOUBLE, DataType.FLOAT, DataType.FLOAT16, DataType.BFLOAT16);

  /** Reads one value from the bytes of an entry. */
  @FunctionalInterface
  private interface Reader<T> {

    /**
     * @param in the entry from its beginning
     * @param size how many bytes it says it has
     */
    T read(DataInputStream in, long size) throws IOException;
  }

  /** What deflate makes of a byte at best, so that a small file cannot claim to be a large one. */
  private static final long MOST_PER_BYTE = 1032;

  private final ZipFile zip;

  ModelEntries(Path file) throws IOException {
    zip = open(file);
    try {
      for (ZipEntry entry : zip.stream().toList()) {
        requireAllowed(entry, MOST_PER_BYTE * Files.size(file));
      }
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private static ZipFile open(Path file) throws IOException {
    try {
      return new ZipFile(file.toFile());
    } catch (ZipException e) {
      throw new IOException("it is no whole zip file: " + e.getMessage(), e);
    }
  }

  private static void requireAllowed(ZipEntry entry, long most) throws IOException {
    Long limit = LIMITS.get(entry.getName());
    if (limit == null) {
      throw new IOException(
          "it has an entry %s, which is none of %s".formatted(entry.getName(), LIMITS.keySet()));
    }
    if (!(entry.getSize() >= 0 && entry.getSize() <= Math.min(limit, most))) {
      throw new IOException(
          "its entry %s has %d bytes, more than %d"
              .formatted(entry.getName(), entry.getSize(), Math.min(limit, most)));
    }
  }

  static byte[] json(Map<String, String> properties) throws IOException {
    byte[] json = STRINGS.writeValueAsBytes(new TreeMap<>(properties));
    if (json.length > MOST_PROPERTIES) {
      throw new IOException(
          "its properties must have at most %d bytes as JSON, got %d"
              .formatted(MOST_PROPERTIES, json.length));
    }
    return json;
  }

  /** Empty in files that have none. */
  Map<String, String> properties() throws IOException {
    if (!has(PROPERTIES_JSON)) {
      return Map.of();
    }
    Map<String, String> properties = new TreeMap<>();
    try (JsonParser json = STRINGS.createParser(bytes(PROPERTIES_JSON))) { // which nests nothing
      boolean isObject = json.nextToken() == JsonToken.START_OBJECT;
      while (isObject && json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (json.nextToken() != JsonToken.VALUE_STRING) {
          throw new IOException("its property '%s' is no text".formatted(name));
        }
        properties.put(name, json.getText());
      }
      if (!isObject || json.nextToken() != null) {
        throw new IOException("its properties are no object of texts");
      }
    }
    return properties;
  }

  boolean has(String name) {
    return zip.getEntry(name) != null;
  }

  byte[] bytes(String name) throws IOException {
    return read(name, (in, size) -> in.readNBytes((int) size));
  }

  /** An entry that is a row of numbers: [1, length]. */
  INDArray vector(String name) throws IOException {
    return read(name, ModelEntries::vector);
  }

  /** The normalizer of the model, null if it has none. */
  DataNormalization normalization() throws IOException {
    return has(ModelSerializer.NORMALIZER_BIN)
        ? read(ModelSerializer.NORMALIZER_BIN, ModelEntries::normalizer)
        : null;
  }

  /** A normalizer from the bytes of its entry. */
  static DataNormalization normalization(byte[] stored) throws IOException {
    return normalizer(new DataInputStream(new ByteArrayInputStream(stored)), stored.length);
  }

  /** The value of an entry that ends where the reader does and has the checksum it says. */
  private <T> T read(String name, Reader<T> reader) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new IOException("it has no entry " + name);
    }
    CheckedInputStream checked = new CheckedInputStream(zip.getInputStream(entry), new CRC32());
    try (DataInputStream in = new DataInputStream(new BufferedInputStream(checked))) {
      T value = reader.read(in, entry.getSize());
      if (in.read() >= 0 || checked.getChecksum().getValue() != entry.getCrc()) {
        throw new IOException("the content of its entry " + name + " is damaged");
      }
      return value;
    } catch (EOFException | ZipException | RuntimeException e) {
      throw new IOException("the content of its entry " + name + " is damaged", e);
    }
  }

  /**
   * A row of numbers as {@code Nd4j.write} stores it. {@code Nd4j.read} would allocate what the
   * header asks for, and take shape and strides as they are.
   *
   * @param in at its first byte; past its last one afterwards
   * @param size how many bytes it can have at most
   */
  private static INDArray vector(DataInputStream in, long size) throws IOException {
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

  /**
   * One of the three normalizers that a stack takes, as ND4J's {@code NormalizerSerializer}
   * (version 1) stores it. That class would instantiate whatever class the header of a {@code
   * CUSTOM} one names, and take a stream without its header for a serialized Java object.
   */
  private static DataNormalization normalizer(DataInputStream in, long size) throws IOException {
    String magic = in.readUTF();
    int version = in.readInt();
    if (!magic.equals("NORMALIZER") || version != 1) {
      throw new IOException("its normalizer is not in ND4J's format, version 1");
    }
    String type = in.readUTF();
    return switch (type) {
      case "STANDARDIZE" -> standardize(in, size);
      case "MIN_MAX" -> minMax(in, size);
      case "IMAGE_MIN_MAX" -> image(in);
      default ->
          throw new IOException(
              "its normalizer must be STANDARDIZE, MIN_MAX or IMAGE_MIN_MAX, got " + type);
    };
  }

  private static NormalizerStandardize standardize(DataInputStream in, long size)
      throws IOException {
    boolean fitLabel = in.readBoolean();
    INDArray mean = vector(in, size);
    NormalizerStandardize normalizer = new NormalizerStandardize(mean, vector(in, size));
    normalizer.fitLabel(fitLabel);
    if (fitLabel) {
      INDArray labelMean = vector(in, size);
      normalizer.setLabelStats(labelMean, vector(in, size));
    }
    return normalizer;
  }

  private static NormalizerMinMaxScaler minMax(DataInputStream in, long size) throws IOException {
    boolean fitLabel = in.readBoolean();
    double targetMin = in.readDouble();
    NormalizerMinMaxScaler normalizer = new NormalizerMinMaxScaler(targetMin, in.readDouble());
    normalizer.fitLabel(fitLabel);
    INDArray min = vector(in, size);
    normalizer.setFeatureStats(min, vector(in, size));
    if (fitLabel) {
      INDArray labelMin = vector(in, size);
      normalizer.setLabelStats(labelMin, vector(in, size));
    }
    return normalizer;
  }

  private static ImagePreProcessingScaler image(DataInputStream in) throws IOException {
    double min = in.readDouble();
    ImagePreProcessingScaler normalizer = new ImagePreProcessingScaler(min, in.readDouble());
    normalizer.setMaxPixelVal(in.readDouble());
    return normalizer;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
