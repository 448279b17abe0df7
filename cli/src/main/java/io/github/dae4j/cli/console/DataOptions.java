package io.github.dae4j.cli.console;

import io.github.dae4j.datasets.DrawnDigits;
import io.github.dae4j.datasets.ImageSet;
import io.github.dae4j.datasets.Mnist;
import io.github.dae4j.datasets.MnistDownload;
import io.github.dae4j.datasets.ProgressListener;
import io.github.dae4j.datasets.Splits;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** Which digits to train on: drawn, downloaded, or read from a folder. */
public final class DataOptions {

  private static final int DRAWN_IMAGES = 20_000;
  private static final int OTHER_IMAGES = 1_000; // drawn for validation, and for the test
  private static final int MAX_DRAWN =
      Integer.MAX_VALUE / (DrawnDigits.SIDE * DrawnDigits.SIDE) - 2 * OTHER_IMAGES;

  @Option(
      names = "--data",
      paramLabel = "drawn|mnist|DIR",
      defaultValue = "drawn",
      description = {
        "drawn: synthetic digits; mnist: MNIST, downloaded once;",
        "DIR: MNIST's four files, gzipped or not, in this folder."
      })
  private String data;

  @Option(
      names = "--images",
      paramLabel = "N",
      description =
          "Training images: the first N; by default 20000 if drawn, 50000 of MNIST (the rest is for"
              + " validation).",
      showDefaultValue = Visibility.NEVER)
  private Integer images;

  @Option(
      names = "--mirror",
      paramLabel = "URL",
      description = "Download MNIST from here instead of the built-in mirrors.",
      showDefaultValue = Visibility.NEVER)
  private URI mirror;

  @Option(names = "--seed", paramLabel = "N", defaultValue = "123", description = "Random seed.")
  private long seed;

  public long seed() {
    return seed;
  }

  /**
   * Draws, downloads or reads the digits, as a stage of the main.
   *
   * @throws io.github.dae4j.datasets.DataException if that cannot be done
   */
  public Splits read(Stages stages) {
    try (stages) {
      return readWatched(stages);
    }
  }

  private Splits readWatched(ProgressListener progress) {
    OptionException.require("--images", ">= 1", images == null || images >= 1, images);
    if (data.equals("drawn")) {
      int count = images == null ? DRAWN_IMAGES : images;
      OptionException.require("--images", "<= " + MAX_DRAWN, count <= MAX_DRAWN, count);
      int validationEnd = count + OTHER_IMAGES;
      ImageSet drawn = DrawnDigits.draw(validationEnd + OTHER_IMAGES, seed, progress);
      return new Splits(
          "drawn digits",
          drawn.first(count),
          drawn.range(count, validationEnd),
          drawn.range(validationEnd, validationEnd + OTHER_IMAGES));
    }
    Mnist mnist = Mnist.read(data.equals("mnist") ? download(progress) : Path.of(data));
    int available = Math.max(1, mnist.train().size() * 5 / 6); // the last sixth is for validation
    int count = images == null ? available : images;
    OptionException.require("--images", "<= " + available, count <= available, count);
    ImageSet validation =
        mnist.train().range(Math.min(available, mnist.train().size() - 1), mnist.train().size());
    return new Splits("MNIST", mnist.train().first(count), validation, mnist.test());
  }

  private Path download(ProgressListener progress) {
    MnistDownload download = MnistDownload.into(MnistDownload.defaultDirectory());
    if (mirror != null) {
      boolean http = "http".equals(mirror.getScheme()) || "https".equals(mirror.getScheme());
      OptionException.require(
          "--mirror", "an http or https URL", http && mirror.getHost() != null, mirror);
      download =
          new MnistDownload(
              List.of(mirror), download.directory(), download.patience(), download.sha256());
    }
    return download.fetch(progress);
  }
}
