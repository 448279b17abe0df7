package io.github.dae4j.cli.command;

import io.github.dae4j.cli.console.Console;
import io.github.dae4j.cli.console.ConsoleOptions;
import io.github.dae4j.cli.console.OptionException;
import io.github.dae4j.cli.console.Stages;
import io.github.dae4j.cli.experiment.Experiment;
import io.github.dae4j.cli.experiment.RunDirectory;
import io.github.dae4j.cli.experiment.TestResult;
import io.github.dae4j.datasets.DrawnDigits;
import io.github.dae4j.datasets.ImageSet;
import io.github.dae4j.datasets.Mnist;
import io.github.dae4j.datasets.MnistDownload;
import io.github.dae4j.datasets.ProgressListener;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a model does on digits that it has not seen. */
@Command(
    name = "evaluate",
    sortOptions = false,
    description = {
      "Measures a model on test images.",
      "Shown are the reconstruction error and, of a model that classifies, the error, F1 (the mean"
          + " over classes) and the confusion matrix."
    })
public final class Evaluate implements Callable<Integer> {

  @Mixin private ModelArgument model;
  @Mixin private TestDigits digits;
  @Mixin private ConsoleOptions options;
  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    Console console = options.on(command.commandLine().getOut());
    RunDirectory run = new RunDirectory(model.file().toAbsolutePath().getParent());
    Model loaded = model.load();
    OptionException.require(
        "--data",
        "given for a model that has no " + run.configuration().getFileName() + " beside it",
        digits.areGiven() || run.hasRun(),
        "nothing");
    TestResult result = evaluate(loaded, run, console);
    console.result(result);
    if (!console.isJson()) {
      new Summary(console.out()).print(result);
    }
    return 0;
  }

  private TestResult evaluate(Model loaded, RunDirectory run, Console console) {
    try (Stages stages = new Stages(console)) {
      ImageSet images = images(run, stages);
      requireSize(loaded, images);
      return TestResult.of(loaded.stack(), images, stages);
    }
  }

  private ImageSet images(RunDirectory run, ProgressListener progress) {
    return digits.areGiven()
        ? digits.read(progress)
        : digits.first(Experiment.open(run.read(), progress).digits().test());
  }

  private static void requireSize(Model loaded, ImageSet images) {
    long pixels = images.images().size(1);
    OptionException.require(
        "MODEL",
        "a model of images of " + pixels + " pixels",
        loaded.nIn() == pixels,
        loaded.nIn());
    int classes = loaded.classes();
    OptionException.require(
        "MODEL",
        "a model of %d classes".formatted(images.classes().size()),
        classes == 0 || classes == images.classes().size(),
        classes);
  }

  /** The digits that a model is judged by, if they are not its run's. */
  static final class TestDigits {

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
      OptionException.require(
          "--images", "in [1, " + most + "]", count >= 1 && count <= most, count);
    }

    private static Path download(ProgressListener progress) {
      return MnistDownload.into(MnistDownload.defaultDirectory()).fetch(progress);
    }
  }
}
