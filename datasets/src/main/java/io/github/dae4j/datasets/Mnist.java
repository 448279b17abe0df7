package io.github.dae4j.datasets;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The handwritten digits of LeCun, Cortes and Burges (1998), read from the four files as published.
 *
 * @param train images [60000, 784]
 * @param test images [10000, 784]
 */
public record Mnist(ImageSet train, ImageSet test) {

  private static final int SIDE = 28;
  private static final int CLASSES = 10;

  /**
   * Reads {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, {@code
   * t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte}, each with or without {@code .gz},
   * or with a dot before {@code idx}; sets of any size in this form will do.
   *
   * @throws DataException if a file is missing, or is not what its name says
   */
  public static Mnist read(Path directory) {
    String missing =
        Arrays.stream(MnistFile.values())
            .filter(file -> file.in(directory).isEmpty())
            .map(MnistFile::plainName)
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      throw new DataException(
          "%s does not hold MNIST: expected %s, each with or without .gz; missing: %s"
              .formatted(directory, names(", "), missing));
    }
    return new Mnist(
        read(directory, MnistFile.TRAIN_IMAGES, MnistFile.TRAIN_LABELS),
        read(directory, MnistFile.TEST_IMAGES, MnistFile.TEST_LABELS));
  }

  /** The four file names, for messages. */
  static String names(String separator) {
    return Arrays.stream(MnistFile.values())
        .map(MnistFile::plainName)
        .collect(Collectors.joining(separator));
  }

  private static ImageSet read(Path directory, MnistFile imageFile, MnistFile labelFile) {
    IdxFile labels = IdxFile.readLabels(labelFile.in(directory).orElseThrow());
    IdxFile images = IdxFile.readImages(imageFile.in(directory).orElseThrow());
    int[] shape = images.shape();
    if (shape[1] != SIDE || shape[2] != SIDE) {
      throw new DataException(
          "%s holds images of another size: expected %d x %d, found %d x %d"
              .formatted(images.path(), SIDE, SIDE, shape[1], shape[2]));
    }
    if (shape[0] != labels.shape()[0]) {
      throw new DataException(
          "%s does not match %s: expected a label for each of %d images, found %d"
              .formatted(labels.path(), images.path(), shape[0], labels.shape()[0]));
    }
    return ImageSet.ofBytes(
        images.values(), ImageShape.grey(SIDE, SIDE), classes(labels), ImageSet.numbered(CLASSES));
  }

  private static int[] classes(IdxFile labels) {
    int[] classes = new int[labels.values().length];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = labels.values()[i] & 0xff;
      if (classes[i] >= CLASSES) {
        throw new DataException(
            "%s holds a label out of range: expected 0 to %d, found %d at index %d"
                .formatted(labels.path(), CLASSES - 1, classes[i], i));
      }
    }
    return classes;
  }
}
