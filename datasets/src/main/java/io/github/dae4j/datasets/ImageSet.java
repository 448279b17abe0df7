package io.github.dae4j.datasets;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Images of one shape, with a class each or without classes.
 *
 * @param images [size, shape.values()] FLOAT in [0, 1], 0 black
 * @param labels [size], each an index into {@code classes}; empty if there are no classes
 * @param classes the names of the classes, whether or not all of them occur
 */
public record ImageSet(INDArray images, ImageShape shape, int[] labels, List<String> classes) {

  private static final int ROWS_AT_ONCE = 1000;
  private static final int DIGESTED_AT_ONCE = 1 << 20; // values

  public ImageSet {
    classes = List.copyOf(classes);
    if (images.rank() != 2 || images.size(1) != shape.values()) {
      throw new IllegalArgumentException(
          "ImageSet images must be [size, %d] for %s, got %s"
              .formatted(shape.values(), shape, Arrays.toString(images.shape())));
    }
    if (labels.length != (classes.isEmpty() ? 0 : images.size(0))) {
      throw new IllegalArgumentException(
          "ImageSet labels must be %s, got %d"
              .formatted(
                  classes.isEmpty()
                      ? "none where there are no classes"
                      : "one for each of %d images".formatted(images.size(0)),
                  labels.length));
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes.size()) {
        throw new IllegalArgumentException(
            "ImageSet labels must be in [0, %d), got %d for image %d"
                .formatted(classes.size(), labels[i], i));
      }
    }
  }

  /** Classes that are called by their numbers: "0", "1" and so on. */
  static List<String> numbered(int classes) {
    return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
  }

  /** The set of bytes (0 black, 255 white), image after image, at least one. */
  static ImageSet ofBytes(byte[] bytes, ImageShape shape, int[] labels, List<String> classes) {
    int size = bytes.length / shape.values();
    INDArray images = Nd4j.createUninitialized(DataType.FLOAT, size, shape.values());
    for (int from = 0; from < size; from += ROWS_AT_ONCE) {
      int to = Math.min(from + ROWS_AT_ONCE, size);
      float[] values = new float[(to - from) * shape.values()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (bytes[from * shape.values() + i] & 0xff) / 255f;
      }
      rows(images, from, to).assign(Nd4j.createFromArray(values).reshape(to - from, -1));
    }
    return new ImageSet(images, shape, labels, classes);
  }

  /** The number of images. */
  public int size() {
    return (int) images.size(0);
  }

  /** Whether each image has a class. */
  public boolean isLabelled() {
    return !classes.isEmpty();
  }

  /** The first {@code count} images; a view, which shares its pixels with this set. */
  public ImageSet first(int count) {
    return range(0, count);
  }

  /**
   * The images [from, to); a copy unless {@code from} is 0.
   *
   * @throws IllegalArgumentException unless {@code 0 <= from < to <= size}
   */
  public ImageSet range(int from, int to) {
    if (from < 0 || from >= to || to > size()) {
      throw new IllegalArgumentException(
          "ImageSet range must be within [0, %d) and not empty, got [%d, %d)"
              .formatted(size(), from, to));
    }
    // Rows of a view that begins further in can come out empty in M2.1, hence the copy.
    INDArray view = rows(images, from, to);
    return new ImageSet(
        from == 0 ? view : view.dup(),
        shape,
        isLabelled() ? Arrays.copyOfRange(labels, from, to) : labels,
        classes);
  }

  /**
   * The images whose label is one of these, in their order; a copy.
   *
   * @throws IllegalArgumentException if there are none
   */
  public ImageSet labelled(Set<Integer> wanted) {
    int[] rows =
        IntStream.range(0, labels.length).filter(i -> wanted.contains(labels[i])).toArray();
    if (rows.length == 0) {
      throw new IllegalArgumentException("ImageSet has no image with a label of " + wanted);
    }
    return pick(rows);
  }

  /**
   * So many images, as many of each class as can be, drawn by a seed; a copy.
   *
   * @throws IllegalArgumentException unless {@code 0 < count <= size} and there are classes
   */
  public ImageSet balanced(int count, long seed) {
    if (count < 1 || count > size() || !isLabelled()) {
      throw new IllegalArgumentException(
          "ImageSet balanced must be of 1 to %d images with classes, got %d"
              .formatted(labels.length, count));
    }
    List<Integer> drawn = new ArrayList<>(IntStream.range(0, size()).boxed().toList());
    Collections.shuffle(drawn, new Random(seed)); // its sequence is part of Java's specification
    int[] seen = new int[classes.size()];
    int[] rank = new int[size()]; // how many of its class were drawn before it
    drawn.forEach(row -> rank[row] = seen[labels[row]]++);
    drawn.sort(Comparator.comparingInt(row -> rank[row]));
    return pick(drawn.subList(0, count).stream().mapToInt(Integer::intValue).toArray());
  }

  /** The images with these numbers, in this order; a copy. */
  public ImageSet pick(int... rows) {
    return new ImageSet(
        Nd4j.pullRows(images, 1, rows),
        shape,
        isLabelled() ? Arrays.stream(rows).map(row -> labels[row]).toArray() : labels,
        classes);
  }

  /**
   * The labels as [size, classes] FLOAT, a 1 in each row.
   *
   * @throws IllegalStateException if there are no classes
   */
  public INDArray oneHot() {
    if (!isLabelled()) {
      throw new IllegalStateException("ImageSet has no classes, so there are no labels to encode");
    }
    float[][] rows = new float[size()][classes.size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i][labels[i]] = 1;
    }
    return Nd4j.createFromArray(rows);
  }

  /** Images and one-hot labels in DL4J's form; the images are shared. */
  public DataSet dataSet() {
    return new DataSet(images, oneHot());
  }

  /** Adds size, shape, classes and pixels. */
  void addTo(MessageDigest digest) {
    // Runs keep the digest, so that this text stays as it was: width x height.
    String size =
        shape.width() + " x " + shape.height() + (shape.channels() == 3 ? " in colour" : "");
    String form = size() + " " + size + classes + Arrays.toString(labels);
    digest.update(form.getBytes(StandardCharsets.UTF_8));
    int step = Math.max(1, DIGESTED_AT_ONCE / shape.values());
    for (int from = 0; from < size(); from += step) {
      int to = Math.min(from + step, size());
      float[] values = rows(images, from, to).dup().data().asFloat();
      ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
      bytes.asFloatBuffer().put(values);
      digest.update(bytes.array());
    }
  }

  private static INDArray rows(INDArray array, int from, int to) {
    return array.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
  }
}
