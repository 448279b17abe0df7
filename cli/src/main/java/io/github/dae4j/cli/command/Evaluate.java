package io.github.dae4j.cli.command;

import io.github.dae4j.cli.experiment.Experiment;
import io.github.dae4j.cli.experiment.RunDirectory;
import io.github.dae4j.cli.experiment.TestResult;
import io.github.dae4j.cli.terminal.OptionException;
import io.github.dae4j.cli.terminal.Speech;
import io.github.dae4j.cli.terminal.SpeechOptions;
import io.github.dae4j.cli.terminal.Stages;
import io.github.dae4j.datasets.ImageSet;
import io.github.dae4j.datasets.Watcher;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
  @Mixin private SpeechOptions options;
  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    Speech speech = options.on(command.commandLine().getOut());
    RunDirectory run = new RunDirectory(model.file().toAbsolutePath().getParent());
    Model loaded = model.load();
    OptionException.require(
        "--data",
        "given for a model that has no " + run.configuration().getFileName() + " beside it",
        digits.areGiven() || run.hasRun(),
        "nothing");
    TestResult result = evaluate(loaded, run, speech);
    speech.result(result);
    if (!speech.isJson()) {
      new Summary(speech.out()).print(result);
    }
    return 0;
  }

  private TestResult evaluate(Model loaded, RunDirectory run, Speech speech) {
    try (Stages stages = new Stages(speech)) {
      ImageSet images = images(run, stages);
      requireSize(loaded, images);
      return TestResult.of(loaded.stack(), images, stages);
    }
  }

  private ImageSet images(RunDirectory run, Watcher watcher) {
    return digits.areGiven()
        ? digits.read(watcher)
        : digits.first(Experiment.open(run.read(), watcher).digits().test());
  }

  private static void requireSize(Model loaded, ImageSet images) {
    long pixels = images.images().size(1);
    OptionException.require(
        "MODEL",
        "a model of images of " + pixels + " pixels",
        loaded.nIn() == pixels,
        loaded.nIn());
  }
}
