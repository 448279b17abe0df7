package io.github.dae4j.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The states of a training in a folder of any Hadoop file system, one file for each round; the
 * newest two are kept.
 *
 * <p>A file is written under a temporary name, then renamed, and ends with the SHA-256 of what is
 * before, so that half a file is never taken for a state.
 */
final class Checkpoints {

  private static final long MARK = 0x64616534_73706b31L; // "dae4spk1"
  private static final String PREFIX = "checkpoint-";
  private static final String SUFFIX = ".bin";
  private static final int DIGEST_BYTES = 32;

  private final FileSystem files;
  private final Path folder;
  private final Map<String, String> facts;
  private long number;

  /**
   * What a file holds.
   *
   * @param finished the stages that are done
   * @param stage the state of the next; null if that has not begun
   */
  record Content(List<StageState> finished, StageState stage) {}

  private Checkpoints(FileSystem files, Path folder, Map<String, String> facts) {
    this.files = files;
    this.folder = folder;
    this.facts = facts;
  }

  /**
   * Opens a folder, which is made if it is not there.
   *
   * @param facts settings and data that the result depends on, by name
   */
  static Checkpoints in(String folder, Configuration hadoop, Map<String, String> facts) {
    try {
      Path path = new Path(folder);
      FileSystem files = path.getFileSystem(hadoop);
      files.mkdirs(path);
      return new Checkpoints(files, path, new LinkedHashMap<>(facts));
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "checkpointDirectory %s cannot be used: %s".formatted(folder, e.getMessage()), e);
    }
  }

  /**
   * The newest state that is whole, or null if there is none.
   *
   * @throws IllegalArgumentException naming what is not as it was
   */
  Content newest() {
    try {
      for (Path file : newestFirst()) {
        byte[] bytes;
        try (DataInputStream in = files.open(file)) {
          bytes = in.readAllBytes();
        }
        if (isWhole(bytes)) {
          number = number(file);
          return read(bytes);
        }
      }
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read checkpoints in " + folder, e);
    }
  }

  void write(Content content) {
    try {
      number++;
      Path file = new Path(folder, PREFIX + number + SUFFIX);
      Path temporary = new Path(folder, "." + PREFIX + number + SUFFIX + ".tmp");
      byte[] bytes = bytes(content);
      try (FSDataOutputStream out = files.create(temporary, true)) {
        out.write(bytes);
        out.hsync();
      }
      files.delete(file, false);
      if (!files.rename(temporary, file)) {
        throw new IOException("cannot rename " + temporary);
      }
      for (Path old : newestFirst()) {
        if (number(old) <= number - 2) {
          files.delete(old, false);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the checkpoint in " + folder, e);
    }
  }

  private List<Path> newestFirst() throws IOException {
    return Arrays.stream(files.listStatus(folder))
        .map(FileStatus::getPath)
        .filter(path -> number(path) > 0)
        .sorted(Comparator.comparingLong(Checkpoints::number).reversed())
        .toList();
  }

  /** Of a file's name; 0 if it is no checkpoint. */
  private static long number(Path path) {
    String name = path.getName();
    if (!name.matches(PREFIX + "[0-9]{1,18}\\" + SUFFIX)) {
      return 0;
    }
    return Long.parseLong(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
  }

  private static boolean isWhole(byte[] bytes) {
    int content = bytes.length - DIGEST_BYTES;
    if (content < Long.BYTES) {
      return false;
    }
    MessageDigest digest = sha256();
    digest.update(bytes, 0, content);
    return Arrays.equals(digest.digest(), Arrays.copyOfRange(bytes, content, bytes.length));
  }

  private byte[] bytes(Content content) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(all);
    out.writeLong(MARK);
    out.writeInt(facts.size());
    for (Map.Entry<String, String> fact : facts.entrySet()) {
      text(out, fact.getKey());
      text(out, fact.getValue());
    }
    out.writeInt(content.finished().size());
    for (StageState stage : content.finished()) {
      state(out, stage);
    }
    out.writeBoolean(content.stage() != null);
    if (content.stage() != null) {
      state(out, content.stage());
    }
    all.write(sha256().digest(all.toByteArray()));
    return all.toByteArray();
  }

  private Content read(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    if (in.readLong() != MARK) {
      throw new IOException("a checkpoint is of another version");
    }
    Map<String, String> before = new LinkedHashMap<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      before.put(text(in), text(in));
    }
    requireSame(before);
    List<StageState> finished = new ArrayList<>();
    int stages = in.readInt();
    for (int i = 0; i < stages; i++) {
      finished.add(state(in));
    }
    return new Content(List.copyOf(finished), in.readBoolean() ? state(in) : null);
  }

  private void requireSame(Map<String, String> before) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(facts.keySet());
    List<String> changes =
        names.stream()
            .filter(name -> !String.valueOf(before.get(name)).equals(facts.get(name)))
            .map(name -> "%s is %s, was %s".formatted(name, facts.get(name), before.get(name)))
            .toList();
    if (!changes.isEmpty()) {
      throw new IllegalArgumentException(
          "checkpointDirectory %s holds another training: %s"
              .formatted(folder, String.join("; ", changes)));
    }
  }

  private static void state(DataOutputStream out, StageState state) throws IOException {
    out.writeInt(state.moment().epoch());
    out.writeInt(state.moment().round());
    out.writeInt(state.moment().iterations());
    out.writeDouble(state.weights().momentum());
    floats(out, state.weights().weights());
    floats(out, state.weights().velocity());
    floats(out, state.updater());
    out.writeDouble(state.lossSum());
    out.writeLong(state.rows());
    doubles(out, state.losses());
    doubles(out, state.errors());
    floats(out, state.best() == null ? new float[0] : state.best());
    out.writeInt(state.bestEpoch());
  }

  private static StageState state(DataInputStream in) throws IOException {
    Work.Moment moment = new Work.Moment(in.readInt(), in.readInt(), in.readInt());
    BlockMomentum weights = new BlockMomentum(in.readDouble(), floats(in), floats(in));
    float[] updater = floats(in);
    double lossSum = in.readDouble();
    long rows = in.readLong();
    List<Double> losses = doubles(in);
    List<Double> errors = doubles(in);
    float[] best = floats(in);
    return new StageState(
        moment,
        weights,
        updater,
        lossSum,
        rows,
        losses,
        errors,
        best.length == 0 ? null : best,
        in.readInt());
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }

  private static void floats(DataOutputStream out, float[] array) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * array.length);
    bytes.asFloatBuffer().put(array);
    out.writeInt(array.length);
    out.write(bytes.array());
  }

  private static float[] floats(DataInputStream in) throws IOException {
    float[] array = new float[in.readInt()];
    ByteBuffer.wrap(in.readNBytes(Float.BYTES * array.length)).asFloatBuffer().get(array);
    return array;
  }

  private static void doubles(DataOutputStream out, List<Double> values) throws IOException {
    out.writeInt(values.size());
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  private static List<Double> doubles(DataInputStream in) throws IOException {
    int size = in.readInt();
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      values.add(in.readDouble());
    }
    return List.copyOf(values);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }
}
