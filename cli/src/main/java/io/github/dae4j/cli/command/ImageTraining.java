package io.github.dae4j.cli.command;

import io.github.dae4j.cli.backend.Backends;
import io.github.dae4j.cli.console.CommandRunner;
import io.github.dae4j.cli.console.Console;
import io.github.dae4j.cli.console.OptionException;
import io.github.dae4j.cli.console.Stages;
import io.github.dae4j.cli.experiment.RunFiles;
import io.github.dae4j.cli.experiment.RunLock;
import io.github.dae4j.cli.images.ImageRun;
import io.github.dae4j.datasets.IdxFolder;
import io.github.dae4j.datasets.ImageFolder;
import io.github.dae4j.datasets.ImageSet;
import io.github.dae4j.datasets.NumpyFile;
import io.github.dae4j.datasets.ProgressListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** How train makes a model of images. */
final class ImageTraining {

  private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,3})x([1-9]\\d{0,3})");

  @Option(
      names = "--size",
      paramLabel = "HEIGHTxWIDTH",
      description = "Of a folder of images: scales them to this; that of the first by default.")
  private String size;

  @Option(
      names = {"--color", "--colour"},
      description = "Of a folder of images: takes all in colour; as the first by default.")
  private boolean colour;

  @Option(
      names = {"--grey", "--gray"},
      description = "Of a folder of images: takes all in grey.")
  private boolean grey;

  /** What --json says. */
  private record Summary(String directory, ImageRun.Result report) {}

  /** Trains on a folder or a .npy file, in a directory that is free. */
  @SuppressWarnings("try") // the lock has nothing to do but to be held
  int run(Path data, long seed, RunFiles directory, TrainingOptions options, Runnable free) {
    Matcher wanted = size == null ? null : SIZE.matcher(size);
    OptionException.require(
        "--size", "two numbers, as 32x32", wanted == null || wanted.matches(), size);
    OptionException.require("--grey", "left out beside --color", !(grey && colour), "both");
    Console console = options.console();
    String backend = Backends.startQuietly(options.threads().orDefault());
    try (Stages stages = new Stages(console)) {
      ImageSet images = read(data, wanted, stages);
      try (RunLock lock = directory.lock()) {
        free.run();
        stages.update("Training", 0, -1);
        ImageRun.Result result =
            new ImageRun(data.toString(), images, seed, directory)
                .run(options.commandLine(), backend);
        stages.close();
        show(console, directory, result);
      }
    }
    return CommandRunner.OK;
  }

  private ImageSet read(Path data, Matcher wanted, ProgressListener progress) {
    if (Files.isRegularFile(data)) {
      return NumpyFile.readImages(data);
    }
    if (!ImageFolder.hasImages(data)) {
      return IdxFolder.read(data).train();
    }
    ImageFolder folder = ImageFolder.of(data).progress(progress);
    if (wanted != null) {
      folder.size(Integer.parseInt(wanted.group(1)), Integer.parseInt(wanted.group(2)));
    }
    if (colour || grey) {
      folder.colour(colour);
    }
    return folder.read();
  }

  private static void show(Console console, RunFiles directory, ImageRun.Result result) {
    String path = directory.path().toAbsolutePath().toString();
    console.result(new Summary(path, result));
    console.line(
        "%s: %,d images of %s, trained in %.1f s",
        result.data(), result.trained() + result.tested(), result.shape(), result.seconds());
    String tested =
        result.tested() == 0
            ? "on the images trained on"
            : "on %d images held out".formatted(result.tested());
    if (result.accuracy() != null) {
      console.line("test         accuracy %.4f %s", result.accuracy(), tested);
    }
    console.line("test         reconstruction error %.4g %s", result.error(), tested);
    console.line("Model, filters.png, report.html and report.json are in %s", path);
  }
}
