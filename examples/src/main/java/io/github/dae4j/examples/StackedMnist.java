package io.github.dae4j.examples;

import io.github.dae4j.examples.cli.Cli;
import io.github.dae4j.examples.cli.DataOptions;
import io.github.dae4j.examples.cli.RunOptions;
import io.github.dae4j.examples.cli.TrainingProgress;
import io.github.dae4j.examples.cli.TutorialStackOptions;
import io.github.dae4j.examples.data.Digits;
import io.github.dae4j.examples.experiment.ReconstructionErrors;
import io.github.dae4j.examples.experiment.RunDirectory;
import io.github.dae4j.examples.experiment.RunPictures;
import io.github.dae4j.examples.experiment.TestResult;
import io.github.dae4j.examples.experiment.TestResult.Classification;
import io.github.dae4j.examples.experiment.TutorialStack;
import io.github.dae4j.examples.experiment.TutorialStackPage;
import io.github.dae4j.examples.experiment.TutorialStackPage.Tuned;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.training.FineTuningResult;
import io.github.dae4j.stacked.training.LayerResult;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The Deep Learning Tutorials' SdA: denoising autoencoders stacked by greedy pretraining, then
 * fine-tuned to classify digits, beside the same network without pretraining.
 */
@Command(
    name = "stacked-mnist",
    description = "Pretrains a stack of denoising autoencoders and fine-tunes it on digits.",
    showDefaultValues = true,
    sortOptions = false)
public final class StackedMnist implements Callable<Integer> {

  @Mixin private DataOptions data = new DataOptions();
  @Mixin private RunOptions options = new RunOptions();
  @Mixin private TutorialStackOptions stacks = new TutorialStackOptions();

  /** The test error of a network, in [0, 1], and how fine-tuning got there. */
  public record Outcome(double testError, FineTuningResult fineTuning) {

    static Outcome of(Tuned tuned) {
      return new Outcome(tuned.test().error(), tuned.training());
    }
  }

  /** Both networks; {@code layers} is how pretraining went. */
  public record Result(
      String data,
      int images,
      List<Integer> widths,
      long seed,
      List<LayerResult> layers,
      Outcome pretrained,
      Outcome fromScratch) {}

  public static void main(String[] args) {
    System.exit(Cli.execute(new StackedMnist(), args));
  }

  @Override
  public Integer call() throws IOException {
    TutorialStack.Settings settings = stacks.settings(options.batch(), data.seed());
    options.require();
    options.start();
    TutorialStack tutorial = new TutorialStack(settings, data.read(options.stages()));
    options.makeFolder();

    StackedDenoisingAutoEncoder stack = tutorial.fresh();
    List<LayerResult> layers = pretrain(tutorial, stack);
    Tuned pretrained = fineTune("pretrained", tutorial, stack);
    stack.save(options.output().resolve("model.zip"), false);
    RunPictures pictures = tutorial.pictures(stack);
    pictures.write(new RunDirectory(options.output()));
    double[] errors = ReconstructionErrors.of(stack, tutorial.digits().test(), options.stages());
    Tuned fromScratch = fineTune("from scratch", tutorial, tutorial.fresh());
    options.finish(
        "Stacked denoising autoencoders of " + tutorial.digits().name(),
        result(tutorial, layers, pretrained, fromScratch),
        new TutorialStackPage(layers, pretrained, fromScratch, pictures, errors).sections());
    return 0;
  }

  private static Result result(
      TutorialStack tutorial, List<LayerResult> layers, Tuned pretrained, Tuned fromScratch) {
    Digits digits = tutorial.digits();
    return new Result(
        digits.name(),
        digits.train().size(),
        tutorial.settings().widths(),
        tutorial.settings().seed(),
        layers,
        Outcome.of(pretrained),
        Outcome.of(fromScratch));
  }

  private List<LayerResult> pretrain(TutorialStack tutorial, StackedDenoisingAutoEncoder stack) {
    List<LayerResult> layers;
    try (TrainingProgress progress =
        new TrainingProgress(tutorial.layers(), null, options.speech())) {
      layers = tutorial.pretrain(stack, progress);
    }
    options.addTimes(layers);
    for (LayerResult layer : layers) {
      options
          .speech()
          .line(
              "layer %d  pretrained for %d epochs  cost %.2f nats  %.1f s",
              layer.layer(),
              layer.epochs(),
              layer.trainingCosts().get(layer.epochs() - 1),
              layer.seconds());
    }
    return layers;
  }

  private Tuned fineTune(String name, TutorialStack tutorial, StackedDenoisingAutoEncoder stack) {
    FineTuningResult result;
    try (TrainingProgress progress =
        new TrainingProgress(List.of(), tutorial.fineTuning(name), options.speech())) {
      result = tutorial.fineTune(stack, progress);
    }
    options.stages().times().add(name, result.epochs().size(), result.seconds());
    Classification test =
        TestResult.classification(stack, tutorial.digits().test(), options.stages());
    options
        .speech()
        .line(
            "%s  best validation error %.2f %% after epoch %d  test error %.2f %%  %.1f s",
            name,
            100 * result.best().score(),
            result.best().epoch() + 1,
            100 * test.error(),
            result.seconds());
    return new Tuned(result, test);
  }
}
