package io.github.dae4j.cli.experiment;

import io.github.dae4j.cli.config.ExperimentConfiguration;
import io.github.dae4j.cli.config.ImageData;
import io.github.dae4j.datasets.ConvexImages;
import io.github.dae4j.datasets.DataException;
import io.github.dae4j.datasets.DrawnDigits;
import io.github.dae4j.datasets.ImageSet;
import io.github.dae4j.datasets.Mnist;
import io.github.dae4j.datasets.MnistDownload;
import io.github.dae4j.datasets.PhotographPatches;
import io.github.dae4j.datasets.ProgressListener;
import io.github.dae4j.datasets.RectangleImages;
import io.github.dae4j.datasets.Splits;
import java.nio.file.Path;
import java.util.List;

/** Draws, downloads or reads the images that a configuration names. */
final class ConfiguredImages {

  private static final int MAX_DRAWN =
      Integer.MAX_VALUE / (DrawnDigits.SIDE * DrawnDigits.SIDE); // of an array's bytes

  private ConfiguredImages() {}

  /** Draws so many images. */
  private interface Source {
    ImageSet draw(int count, long seed, ProgressListener progress);
  }

  /**
   * Opens them.
   *
   * @param progress is told how far drawing or a download is
   * @throws DataException if they are not there, or there are fewer
   */
  static Splits open(ExperimentConfiguration configuration, ProgressListener progress) {
    long seed = configuration.seed();
    if (configuration.data() instanceof ImageData.Own own) {
      return OwnImages.open(own, seed, progress);
    }
    if (configuration.data() instanceof ImageData.Factors factors) {
      return factors(factors, seed, progress);
    }
    ImageData.BuiltIn data = (ImageData.BuiltIn) configuration.data();
    return switch (data.source()) {
      case MNIST -> mnist(data, Mnist.read(directory(data.directory(), progress)));
      case DRAWN -> drawn("drawn digits", DrawnDigits::draw, data, seed, progress);
      case RECTANGLES -> drawn("rectangles", RectangleImages::draw, data, seed, progress);
      case CONVEX -> drawn("convex regions", ConvexImages::draw, data, seed, progress);
    };
  }

  private static Splits drawn(
      String name, Source source, ImageData.BuiltIn data, long seed, ProgressListener progress) {
    long all = (long) data.train() + data.validation() + data.test();
    if (all > MAX_DRAWN) {
      throw new DataException(
          "data: %s must be at most %d in all, got %d".formatted(name, MAX_DRAWN, all));
    }
    int testFrom = data.train() + data.validation();
    ImageSet drawn = source.draw((int) all, seed, progress);
    return new Splits(
        name,
        drawn.first(data.train()),
        data.isValidated() ? drawn.range(data.train(), testFrom) : null,
        drawn.range(testFrom, (int) all));
  }

  private static Splits mnist(ImageData.BuiltIn data, Mnist mnist) {
    int trainable = mnist.train().size() - data.validation();
    require("data.train + data.validation", data.train() + data.validation(), mnist.train());
    require("data.test", data.test(), mnist.test());
    return new Splits(
        "MNIST",
        mnist.train().first(data.train()),
        data.isValidated() ? mnist.train().range(trainable, mnist.train().size()) : null,
        mnist.test().first(data.test()));
  }

  private static void require(String what, int wanted, ImageSet there) {
    if (wanted > there.size()) {
      throw new DataException(
          "%s must be at most the %d images that the files hold, got %d"
              .formatted(what, there.size(), wanted));
    }
  }

  private static Splits factors(ImageData.Factors data, long seed, ProgressListener progress) {
    PhotographPatches photographs = null;
    if (data.photos() != null) {
      PhotographPatches apart = PhotographPatches.read(data.photos());
      photographs = data.sharedPhotos() ? apart.shared() : apart;
    }
    return data.problem()
        .draw(data.sizes(), digits(data, seed, progress), photographs, seed, progress);
  }

  private static List<ImageSet> digits(
      ImageData.Factors data, long seed, ProgressListener progress) {
    if (!data.problem().isOfDigits()) {
      return List.of();
    }
    if (data.digits() == ImageData.Factors.Digits.DRAWN) {
      return List.of(DrawnDigits.draw(data.sizes().all(), seed, progress));
    }
    Mnist mnist = Mnist.read(directory(data.directory(), progress));
    return List.of(mnist.train(), mnist.test());
  }

  private static Path directory(Path named, ProgressListener progress) {
    return named != null
        ? named
        : MnistDownload.into(MnistDownload.defaultDirectory()).fetch(progress);
  }
}
