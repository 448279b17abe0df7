package io.github.dae4j.cli.command;

import io.github.dae4j.cli.console.OptionException;
import io.github.dae4j.datasets.DrawnDigits;
import io.github.dae4j.datasets.ImageSet;
import io.github.dae4j.datasets.Mnist;
import io.github.dae4j.datasets.MnistDownload;
import io.github.dae4j.datasets.ProgressListener;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The digits that a model is judged by, if they are not its run's. */
final class TestDigits {

  private static final int MAX_DRAWN = 100_000;

  @Option(
      names = "--data",
      paramLabel = "drawn|mnist|DIR",
      description =
          "drawn: digits that this program draws; mnist: MNIST's test set, downloaded once; DIR: the"
              + " test set of MNIST's files in this folder. By default the test images of the"
              + " configuration beside the model.")
  private String data;

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "The first N images; all by default, and 1000 if they are drawn.")
  private Integer images;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "20081",
      description = "Of the digits that --data drawn draws (default: ${DEFAULT-VALUE}).")
  private long seed;

  boolean areGiven() {
    return data != null;
  }

  ImageSet read(ProgressListener progress) {
    if (data.equals("drawn")) {
      int count = images == null ? 1000 : images;
      require(count, MAX_DRAWN);
      return DrawnDigits.draw(count, seed, progress);
    }
    ImageSet test = Mnist.read(data.equals("mnist") ? download(progress) : Path.of(data)).test();
    return first(test);
  }

  /** So many as --images says. */
  ImageSet first(ImageSet test) {
    if (images == null) {
      return test;
    }
    require(images, test.size());
    return test.first(images);
  }

  private static void require(int count, int most) {
    OptionException.require("--images", "in [1, " + most + "]", count >= 1 && count <= most, count);
  }

  private static Path download(ProgressListener progress) {
    return MnistDownload.into(MnistDownload.defaultDirectory()).fetch(progress);
  }
}
