package io.github.dae4j.examples.command;

import io.github.dae4j.examples.cli.DownloadProgress;
import io.github.dae4j.examples.cli.OptionException;
import io.github.dae4j.examples.cli.Speech;
import io.github.dae4j.examples.cli.SpeechOptions;
import io.github.dae4j.examples.data.ImageSet;
import io.github.dae4j.examples.experiment.Experiment;
import io.github.dae4j.examples.experiment.RunDirectory;
import io.github.dae4j.examples.experiment.TestResult;
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
    ImageSet images = digits.areGiven() ? digits.read(speech) : digits.first(test(run, speech));
    long pixels = images.images().size(1);
    OptionException.require(
        "MODEL",
        "a model of images of " + pixels + " pixels",
        loaded.nIn() == pixels,
        loaded.nIn());
    TestResult result = TestResult.of(loaded.stack(), images);
    speech.result(result);
    if (!speech.isJson()) {
      new Summary(speech.out()).print(result);
    }
    return 0;
  }

  private static ImageSet test(RunDirectory run, Speech speech) {
    try (DownloadProgress progress = new DownloadProgress(speech)) {
      return Experiment.open(run.read(), progress).digits().test();
    }
  }
}
