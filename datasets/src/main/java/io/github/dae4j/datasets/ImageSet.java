package io.github.dae4j.datasets;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Images of one size with a class each.
 *
 * @param images [size, pixels] FLOAT in [0, 1], 0 black, row by row from the top left
 * @param labels [size], each in [0, classes)
 * @param classes the number of classes, whether or not all of them occur
 */
public record ImageSet(INDArray images, int[] labels, int classes) {

  private static final int ROWS_AT_ONCE = 1000;

  public ImageSet {
    if (images.rank() != 2 || images.size(0) != labels.length) {
      throw new IllegalArgumentException(
          "ImageSet images must be [%d, pixels] for %d labels, got %s"
              .formatted(labels.length, labels.length, Arrays.toString(images.shape())));
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            "ImageSet labels must be in [0, %d), got %d for image %d"
                .formatted(classes, labels[i], i));
      }
    }
  }

  /** The set of grey bytes (0 black, 255 white), image after image, at least one. */
  static ImageSet ofGrey(byte[] grey, int[] labels, int classes) {
    int pixels = grey.length / labels.length;
    INDArray images = Nd4j.createUninitialized(DataType.FLOAT, labels.length, pixels);
    for (int from = 0; from < labels.length; from += ROWS_AT_ONCE) {
      int to = Math.min(from + ROWS_AT_ONCE, labels.length);
      float[] values = new float[(to - from) * pixels];
      for (int i = 0; i < values.length; i++) {
        values[i] = (grey[from * pixels + i] & 0xff) / 255f;
      }
      rows(images, from, to).assign(Nd4j.createFromArray(values).reshape(to - from, pixels));
    }
    return new ImageSet(images, labels, classes);
  }

  /** The number of images. */
  public int size() {
    return labels.length;
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
        from == 0 ? view : view.dup(), Arrays.copyOfRange(labels, from, to), classes);
  }

  /**
   * The images whose label is one of these, in their order; a copy.
   *
   * @throws IllegalArgumentException if there are none
   */
  public ImageSet labelled(Set<Integer> wanted) {
    int[] rows = IntStream.range(0, size()).filter(i -> wanted.contains(labels[i])).toArray();
    if (rows.length == 0) {
      throw new IllegalArgumentException("ImageSet has no image with a label of " + wanted);
    }
    return new ImageSet(
        Nd4j.pullRows(images, 1, rows),
        Arrays.stream(rows).map(row -> labels[row]).toArray(),
        classes);
  }

  /** The labels as [size, classes] FLOAT, a 1 in each row. */
  public INDArray oneHot() {
    float[][] rows = new float[size()][classes];
    for (int i = 0; i < rows.length; i++) {
      rows[i][labels[i]] = 1;
    }
    return Nd4j.createFromArray(rows);
  }

  /** Images and one-hot labels in DL4J's form; the images are shared. */
  public DataSet dataSet() {
    return new DataSet(images, oneHot());
  }

  private static INDArray rows(INDArray array, int from, int to) {
    return array.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
  }
}
