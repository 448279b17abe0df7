package io.github.dae4j.datasets;

import io.github.dae4j.internal.file.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of labelled images of any size in the IDX format, named as MNIST's files are: {@code
 * train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte} and, if there are images to test on,
 * {@code t10k-} or {@code test-}; with or without {@code .gz}, and with any words before (EMNIST).
 *
 * @param test empty if the folder has none
 */
public record IdxFolder(ImageSet train, Optional<ImageSet> test) {

  private static final Pattern NAME = Pattern.compile(".*(images|labels)[-.]idx[13]-ubyte(\\.gz)?");

  /**
   * Reads the folder.
   *
   * @throws DataException naming the file that is missing, is not what its name says, or does not
   *     match the others
   */
  public static IdxFolder read(Path folder) {
    Optional<Labelled> test = Labelled.find(folder, "(t10k|test)");
    Labelled train =
        Labelled.find(folder, "train")
            .orElseThrow(
                () ->
                    new DataException(
                        folder
                            + ": must hold train-images-idx3-ubyte and train-labels-idx1-ubyte,"
                            + " each with or without .gz"));
    int classes = 1 + Math.max(train.highestLabel(), test.map(Labelled::highestLabel).orElse(0));
    test.filter(files -> !files.shape().equals(train.shape()))
        .ifPresent(
            files -> {
              throw new DataException(
                  "%s: must hold images of %s as %s does, got %s"
                      .formatted(
                          files.images.path(), train.shape(), train.images.path(), files.shape()));
            });
    return new IdxFolder(train.set(classes), test.map(files -> files.set(classes)));
  }

  /** Whether a folder holds a file that is named as these are, though others may be missing. */
  public static boolean isIn(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> NAME.matcher(file.getFileName().toString()).matches());
    } catch (IOException e) {
      return false;
    }
  }

  /** Images and their labels. */
  private record Labelled(IdxFile images, IdxFile labels) {

    Labelled {
      if (images.shape()[0] != labels.shape()[0]) {
        throw new DataException(
            "%s does not match %s: expected a label for each of %d images, found %d"
                .formatted(labels.path(), images.path(), images.shape()[0], labels.shape()[0]));
      }
    }

    static Optional<Labelled> find(Path folder, String part) {
      Optional<Path> images = one(folder, part + "-images[-.]idx3-ubyte");
      Optional<Path> labels = one(folder, part + "-labels[-.]idx1-ubyte");
      if (images.isPresent() != labels.isPresent()) {
        throw new DataException(
            "%s: must hold images and their labels, got only %s"
                .formatted(folder, images.or(() -> labels).orElseThrow().getFileName()));
      }
      return images.map(
          file -> new Labelled(IdxFile.readImages(file), IdxFile.readLabels(labels.orElseThrow())));
    }

    private static Optional<Path> one(Path folder, String name) {
      Pattern pattern = Pattern.compile(".*" + name + "(\\.gz)?");
      try (Stream<Path> files = Files.list(folder)) {
        List<Path> found =
            files
                .filter(file -> pattern.matcher(file.getFileName().toString()).matches())
                .sorted()
                .toList();
        if (found.size() > 1) {
          throw new DataException(
              "%s: must hold one set of files, got %s beside %s"
                  .formatted(folder, found.get(0).getFileName(), found.get(1).getFileName()));
        }
        return found.stream().findFirst();
      } catch (IOException e) {
        throw new DataException(
            folder + ": cannot be read as a folder of IDX files: " + FileErrors.reason(e), e);
      }
    }

    ImageShape shape() {
      try {
        return ImageShape.grey(images.shape()[1], images.shape()[2]);
      } catch (IllegalArgumentException e) {
        throw new DataException(images.path() + ": " + e.getMessage(), e);
      }
    }

    int highestLabel() {
      int highest = 0;
      for (byte label : labels.values()) {
        highest = Math.max(highest, label & 0xff);
      }
      return highest;
    }

    ImageSet set(int classes) {
      int[] indices = new int[labels.values().length];
      for (int i = 0; i < indices.length; i++) {
        indices[i] = labels.values()[i] & 0xff;
      }
      return ImageSet.ofBytes(images.values(), shape(), indices, ImageSet.numbered(classes));
    }
  }
}
