package io.github.dae4j.examples.experiment;

import io.github.dae4j.examples.data.DataException;
import io.github.dae4j.examples.data.Digits;
import io.github.dae4j.examples.data.DrawnDigits;
import io.github.dae4j.examples.data.ImageSet;
import io.github.dae4j.examples.data.Mnist;
import io.github.dae4j.examples.data.MnistDownload;
import io.github.dae4j.stacked.config.DataConfiguration;
import io.github.dae4j.stacked.config.DataConfiguration.Source;
import io.github.dae4j.stacked.config.ExperimentConfiguration;
import java.nio.file.Path;

/** Draws, downloads or reads the digits that a configuration names. */
final class ConfiguredDigits {

  private static final int MAX_DRAWN =
      Integer.MAX_VALUE / (DrawnDigits.SIDE * DrawnDigits.SIDE); // of an array's bytes

  private ConfiguredDigits() {}

  /**
   * Opens them.
   *
   * @param progress is told of a download
   * @throws DataException if they are not there, or there are fewer
   */
  static Digits open(ExperimentConfiguration configuration, MnistDownload.Progress progress) {
    DataConfiguration data = configuration.data();
    return data.source() == Source.DRAWN
        ? drawn(data, configuration.seed())
        : mnist(data, Mnist.read(directory(data, progress)));
  }

  private static Digits drawn(DataConfiguration data, long seed) {
    long all = (long) data.train() + data.validation() + data.test();
    if (all > MAX_DRAWN) {
      throw new DataException(
          "data: drawn digits must be at most %d in all, got %d".formatted(MAX_DRAWN, all));
    }
    int testFrom = data.train() + data.validation();
    ImageSet drawn = DrawnDigits.draw((int) all, seed);
    return new Digits(
        "drawn digits",
        drawn.first(data.train()),
        drawn.range(data.train(), testFrom),
        drawn.range(testFrom, (int) all));
  }

  private static Digits mnist(DataConfiguration data, Mnist mnist) {
    int trainable = mnist.train().size() - data.validation();
    require("data.train + data.validation", data.train() + data.validation(), mnist.train());
    require("data.test", data.test(), mnist.test());
    return new Digits(
        "MNIST",
        mnist.train().first(data.train()),
        mnist.train().range(trainable, mnist.train().size()),
        mnist.test().first(data.test()));
  }

  private static void require(String what, int wanted, ImageSet there) {
    if (wanted > there.size()) {
      throw new DataException(
          "%s must be at most the %d images that the files hold, got %d"
              .formatted(what, there.size(), wanted));
    }
  }

  private static Path directory(DataConfiguration data, MnistDownload.Progress progress) {
    return data.directory() != null
        ? data.directory()
        : MnistDownload.into(MnistDownload.defaultDirectory()).fetch(progress);
  }
}
