package io.github.dae4j.cli.experiment;

import io.github.dae4j.cli.config.ImageData;
import io.github.dae4j.datasets.DataException;
import io.github.dae4j.datasets.IdxFolder;
import io.github.dae4j.datasets.ImageFolder;
import io.github.dae4j.datasets.ImageSet;
import io.github.dae4j.datasets.NumpyFile;
import io.github.dae4j.datasets.ProgressListener;
import io.github.dae4j.datasets.Splits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Images of the user's own, in an order that the seed draws, and shares of them held out. */
final class OwnImages {

  private static final int FEWEST_TO_HOLD_OUT = 50;

  private OwnImages() {}

  /** Reads and splits them; where there are few all are trained on, and measured, too. */
  static Splits open(ImageData.Own data, long seed, ProgressListener progress) {
    if (data instanceof ImageData.Idx idx) {
      IdxFolder folder = IdxFolder.read(idx.idx());
      Optional<ImageSet> test = data.test() == null ? folder.test() : Optional.empty();
      return split(name(idx.idx()), folder.train(), test, data, seed);
    }
    ImageData.Files files = (ImageData.Files) data;
    return split(name(files.images()), read(files, progress), Optional.empty(), data, seed);
  }

  private static String name(Path path) {
    Path whole = path.toAbsolutePath().normalize();
    return (whole.getFileName() == null ? whole : whole.getFileName()).toString();
  }

  private static ImageSet read(ImageData.Files data, ProgressListener progress) {
    if (Files.isRegularFile(data.images())) {
      return NumpyFile.readImages(data.images());
    }
    ImageFolder folder = ImageFolder.of(data.images()).progress(progress);
    if (data.size() != null) {
      folder.size(data.size().get(0), data.size().get(1));
    }
    if (data.color() != null) {
      folder.colour(data.color());
    }
    return folder.read();
  }

  private static Splits split(
      String name, ImageSet images, Optional<ImageSet> test, ImageData.Own data, long seed) {
    int n = images.size();
    int[] order = shuffled(n, seed);
    boolean isSmall = n < FEWEST_TO_HOLD_OUT;
    double share = data.test() == null ? ImageData.Own.TEST : data.test();
    int tested = isSmall || test.isPresent() ? 0 : (int) Math.round(share * n);
    int held = isSmall ? 0 : (int) Math.round(data.holdOut() * n);
    if (tested + held >= n) {
      throw new DataException(
          "%s: data.test and data.hold-out must leave images to train on, got %s and %s of %d, which are"
                  .formatted(name, share, data.holdOut(), n)
              + " %d and %d".formatted(tested, held));
    }
    ImageSet train = images.pick(Arrays.copyOfRange(order, tested + held, n));
    ImageSet validation =
        held == 0 ? train : images.pick(Arrays.copyOfRange(order, tested, tested + held));
    ImageSet others =
        test.orElseGet(
            () -> tested == 0 ? validation : images.pick(Arrays.copyOfRange(order, 0, tested)));
    return new Splits(name, train, validation, others);
  }

  /** Folders have one class after the other. */
  private static int[] shuffled(int n, long seed) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, n).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    return order.stream().mapToInt(i -> i).toArray();
  }
}
