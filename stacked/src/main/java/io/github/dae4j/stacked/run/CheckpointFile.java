package io.github.dae4j.stacked.run;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.github.dae4j.stacked.internal.DamageReason;
import io.github.dae4j.stacked.internal.SealedFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Checkpoints as sealed zip files: {@code state.json}, which names type and shape of each array,
 * then the arrays, whose numbers lie little-endian in c order.
 *
 * <p>Nothing is parsed unless the seal is right, and no size is believed that the file has no room
 * for.
 */
final class CheckpointFile {

  static final String STATE = "state.json";
  static final int VERSION = 2;
  static final int MOST_STATE_BYTES = 1 << 26;

  private static final byte[] MARK_OF_VERSION_1 = {'d', 'a', 'e', '4', 'c', 'h', 'k', 'p'};
  private static final Set<DataType> TYPES =
      Set.of(DataType.DOUBLE, DataType.FLOAT, DataType.FLOAT16, DataType.BFLOAT16);
  private static final int CHUNK = 1 << 16;

  /** How far a run has come, and which run it is. */
  record Checkpoint(Fingerprint fingerprint, Progress progress) {}

  private record Content(int version, Fingerprint fingerprint, Progress progress) {}

  /** What the JSON says of an array; its numbers are in the entry of this index. */
  private record ArrayForm(int array, String type, long[] shape) {}

  private CheckpointFile() {}

  /** Writes it whole or not at all. */
  static void write(Path file, Checkpoint checkpoint) throws IOException {
    List<INDArray> arrays = new ArrayList<>();
    SimpleModule module = new SimpleModule().addSerializer(INDArray.class, new ArrayForms(arrays));
    byte[] state =
        JsonMapper.builder()
            .addModule(module)
            .build()
            .writeValueAsBytes(
                new Content(VERSION, checkpoint.fingerprint(), checkpoint.progress()));
    SealedFile.write(
        file,
        out -> {
          ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(out, CHUNK));
          zip.setLevel(Deflater.NO_COMPRESSION); // weights are as good as noise
          zip.putNextEntry(new ZipEntry(STATE));
          zip.write(state);
          for (int i = 0; i < arrays.size(); i++) {
            zip.putNextEntry(new ZipEntry(entryOf(i)));
            ArrayBytes.read(arrays.get(i), bytes -> copy(bytes, zip));
          }
          zip.finish();
          zip.flush();
        });
  }

  static String entryOf(int array) {
    return "arrays/" + array + ".bin"; // in digits of no language
  }

  private static void copy(ByteBuffer bytes, ZipOutputStream zip) throws IOException {
    byte[] chunk = new byte[CHUNK];
    while (bytes.hasRemaining()) {
      int count = Math.min(chunk.length, bytes.remaining());
      bytes.get(chunk, 0, count);
      zip.write(chunk, 0, count);
    }
  }

  /**
   * Reads it.
   *
   * @throws IOException saying what is wrong with the file
   */
  static Checkpoint read(Path file) throws IOException {
    try {
      return SealedFile.read(file, CheckpointFile::read);
    } catch (JsonProcessingException | RuntimeException e) {
      throw new IOException("its content is damaged: " + DamageReason.of(e), e);
    }
  }

  private static Checkpoint read(InputStream in, long size) throws IOException {
    in.mark(MARK_OF_VERSION_1.length);
    if (Arrays.equals(in.readNBytes(MARK_OF_VERSION_1.length), MARK_OF_VERSION_1)) {
      throw new IOException(
          "an earlier version of dae4j has written it, and only that version can resume its run");
    }
    in.reset();
    ZipInputStream zip = new ZipInputStream(in);
    requireEntry(zip, STATE);
    byte[] state = zip.readNBytes(MOST_STATE_BYTES + 1);
    if (state.length > MOST_STATE_BYTES) {
      throw new IOException("its %s has more than %d bytes".formatted(STATE, MOST_STATE_BYTES));
    }
    EmptyArrays arrays = new EmptyArrays(size);
    Content content = parse(state, arrays);
    for (int i = 0; i < arrays.all.size(); i++) {
      requireEntry(zip, entryOf(i));
      fill(arrays.all.get(i), zip, entryOf(i));
    }
    requireEntry(zip, null);
    return new Checkpoint(content.fingerprint(), content.progress());
  }

  private static void requireEntry(ZipInputStream zip, String name) throws IOException {
    ZipEntry entry = zip.getNextEntry();
    String found = entry == null ? null : entry.getName();
    if (!Objects.equals(found, name)) {
      throw new IOException(
          "it has %s where %s must be"
              .formatted(
                  found == null ? "no entry" : "the entry " + found,
                  name == null ? "its end" : name));
    }
  }

  private static Content parse(byte[] state, EmptyArrays arrays) throws IOException {
    JsonMapper mapper =
        JsonMapper.builder()
            .addModule(new SimpleModule().addDeserializer(INDArray.class, arrays))
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();
    JsonNode tree = mapper.readTree(state);
    if (tree.path("version").asInt() != VERSION) {
      throw new IOException("its version is %s, not %d".formatted(tree.path("version"), VERSION));
    }
    return mapper.treeToValue(tree, Content.class);
  }

  private static void fill(INDArray array, ZipInputStream zip, String entry) throws IOException {
    byte[] chunk = new byte[CHUNK];
    ArrayBytes.write(
        array,
        bytes -> {
          while (bytes.hasRemaining()) {
            int count = zip.read(chunk, 0, Math.min(chunk.length, bytes.remaining()));
            if (count < 0) {
              throw new IOException("its %s is shorter than its array".formatted(entry));
            }
            bytes.put(chunk, 0, count);
          }
        });
    if (zip.read() >= 0) {
      throw new IOException("its %s is longer than its array".formatted(entry));
    }
  }

  /** Writes the forms of arrays, and collects them. */
  private static final class ArrayForms extends JsonSerializer<INDArray> {

    private final List<INDArray> arrays;

    ArrayForms(List<INDArray> arrays) {
      this.arrays = arrays;
    }

    @Override
    public void serialize(INDArray array, JsonGenerator json, SerializerProvider serializers)
        throws IOException {
      json.writePOJO(new ArrayForm(arrays.size(), array.dataType().name(), array.shape()));
      arrays.add(array);
    }
  }

  /** Makes arrays of their forms, in the order of their entries, to be filled. */
  private static final class EmptyArrays extends JsonDeserializer<INDArray> {

    private final List<INDArray> all = new ArrayList<>();
    private long left;

    EmptyArrays(long left) {
      this.left = left;
    }

    @Override
    public INDArray deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      ArrayForm form = context.readValue(json, ArrayForm.class);
      if (form.array() != all.size()) {
        throw new IOException(
            "it has array %d where array %d must be".formatted(form.array(), all.size()));
      }
      DataType type =
          TYPES.stream().filter(t -> t.name().equals(form.type())).findAny().orElse(null);
      if (type == null || !hasRoom(form.shape(), left / type.width())) {
        throw new IOException(
            "it has an array of %s x %s where %d bytes are left"
                .formatted(Arrays.toString(form.shape()), form.type(), left));
      }
      INDArray array = Nd4j.createUninitialized(type, form.shape(), 'c');
      left -= ArrayBytes.bytes(array);
      all.add(array);
      return array;
    }

    private static boolean hasRoom(long[] shape, long numbers) {
      long room = shape.length == 0 ? 0 : numbers;
      for (long length : shape) {
        room = length > 0 ? room / length : 0;
      }
      return room > 0;
    }
  }
}
