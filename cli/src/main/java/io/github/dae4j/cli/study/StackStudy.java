package io.github.dae4j.cli.study;

import io.github.dae4j.cli.console.DataOptions;
import io.github.dae4j.cli.console.OptionException;
import io.github.dae4j.cli.console.RunOptions;
import io.github.dae4j.cli.console.TrainingProgress;
import io.github.dae4j.cli.console.UiOptions;
import io.github.dae4j.cli.console.UiOptions.OpenPages;
import io.github.dae4j.cli.experiment.RunFiles;
import io.github.dae4j.cli.experiment.RunPictures;
import io.github.dae4j.cli.experiment.TestResult;
import io.github.dae4j.cli.experiment.TestResult.Classification;
import io.github.dae4j.cli.experiment.TestResult.ReconstructionErrors;
import io.github.dae4j.cli.study.TutorialStack.Settings;
import io.github.dae4j.cli.study.TutorialStack.TutorialStackPage;
import io.github.dae4j.cli.study.TutorialStack.TutorialStackPage.Tuned;
import io.github.dae4j.datasets.Splits;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.finetuning.FineTuningResult;
import io.github.dae4j.stacked.pretraining.LayerResult;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The Deep Learning Tutorials' SdA: denoising autoencoders stacked by greedy pretraining, then
 * fine-tuned to classify digits, beside the same network without pretraining.
 */
@Command(
    name = "stacked-mnist",
    description = {
      "Compares stacks with and without pretraining.",
      "Both are fine-tuned to classify digits."
    },
    showDefaultValues = true,
    sortOptions = false)
public final class StackStudy implements Callable<Integer> {

  @Mixin private DataOptions data = new DataOptions();
  @Mixin private RunOptions options = new RunOptions();
  @Mixin private UiOptions ui = new UiOptions();

  @Option(
      names = "--layers",
      defaultValue = "500,500",
      paramLabel = "N[,N...]",
      description = "Hidden units of each layer, from the bottom to the top.")
  private String layers;

  @Option(
      names = "--corruption",
      defaultValue = "0.2",
      paramLabel = "LEVEL",
      description = "Probability of masking an input of a layer (setting it to 0).")
  private double level;

  @Option(
      names = "--pretrain-epochs",
      paramLabel = "N",
      defaultValue = "5",
      description = "Pretraining epochs of each layer.")
  private int pretrainEpochs;

  @Option(
      names = "--pretrain-rate",
      paramLabel = "RATE",
      defaultValue = "0.1",
      description = "Learning rate of pretraining (SGD).")
  private double pretrainRate;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "10",
      description = "Fine-tuning epochs.")
  private int epochs;

  @Option(
      names = "--rate",
      paramLabel = "RATE",
      defaultValue = "0.1",
      description = "Learning rate of fine-tuning (SGD).")
  private double rate;

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

  @Override
  public Integer call() throws IOException {
    Settings settings = settings(options.batch(), data.seed());
    options.require();
    ui.require();
    options.start();
    TutorialStack tutorial = new TutorialStack(settings, data.read(options.stages()));
    options.makeFolder();
    try (OpenPages pages = ui.open(options.console())) {
      train(tutorial, pages);
      pages.stay();
    }
    return 0;
  }

  private void train(TutorialStack tutorial, OpenPages pages) throws IOException {
    StackedDenoisingAutoEncoder stack = tutorial.fresh();
    List<LayerResult> layers = pretrain(tutorial, stack, pages);
    FineTuningResult tuning = fineTune("pretrained", tutorial, stack, pages);
    stack.save(options.output().resolve("model.zip"), false); // whatever happens later
    Tuned pretrained = test("pretrained", tutorial, stack, tuning);
    RunPictures pictures = tutorial.pictures(stack);
    pictures.write(new RunFiles(options.output()));
    double[] errors = ReconstructionErrors.of(stack, tutorial.digits().test(), options.stages());
    StackedDenoisingAutoEncoder fresh = tutorial.fresh();
    Tuned fromScratch =
        test("from scratch", tutorial, fresh, fineTune("from scratch", tutorial, fresh, pages));
    options.finish(
        "Stacked denoising autoencoders of " + tutorial.digits().name(),
        result(tutorial, layers, pretrained, fromScratch),
        new TutorialStackPage(layers, pretrained, fromScratch, pictures, errors).sections());
  }

  private static Result result(
      TutorialStack tutorial, List<LayerResult> layers, Tuned pretrained, Tuned fromScratch) {
    Splits digits = tutorial.digits();
    return new Result(
        digits.name(),
        digits.train().size(),
        tutorial.settings().widths(),
        tutorial.settings().seed(),
        layers,
        Outcome.of(pretrained),
        Outcome.of(fromScratch));
  }

  private List<LayerResult> pretrain(
      TutorialStack tutorial, StackedDenoisingAutoEncoder stack, OpenPages pages) {
    List<LayerResult> layers;
    try (TrainingProgress progress =
        new TrainingProgress(tutorial.layers(), null, options.console())) {
      stack.network().setListeners(progress);
      show("pretrained", tutorial, stack, pages);
      layers = tutorial.pretrain(stack);
    }
    options.addTimes(layers);
    for (LayerResult layer : layers) {
      options
          .console()
          .line(
              "layer %d  pretrained for %d epochs  loss %.2f nats  %.1f s",
              layer.layer(),
              layer.epochs(),
              layer.trainingLosses().get(layer.epochs() - 1),
              layer.seconds());
    }
    return layers;
  }

  private static void show(
      String name, TutorialStack tutorial, StackedDenoisingAutoEncoder stack, OpenPages pages) {
    pages.show(
        name.replace(' ', '-'),
        stack.network(),
        tutorial.digits().shown(),
        tutorial.corruption(),
        tutorial.steps());
  }

  private FineTuningResult fineTune(
      String name, TutorialStack tutorial, StackedDenoisingAutoEncoder stack, OpenPages pages) {
    FineTuningResult result;
    try (TrainingProgress progress =
        new TrainingProgress(List.of(), tutorial.fineTuning(name), options.console())) {
      stack.network().setListeners(progress);
      show(name, tutorial, stack, pages);
      result = tutorial.fineTune(stack);
    }
    options.stages().times().add(name, result.epochs().size(), result.seconds());
    return result;
  }

  private Tuned test(
      String name,
      TutorialStack tutorial,
      StackedDenoisingAutoEncoder stack,
      FineTuningResult result) {
    Classification test =
        TestResult.classification(stack, tutorial.digits().test(), options.stages());
    options
        .console()
        .line(
            "%s  best validation error %.2f %% after epoch %d  test error %.2f %%  %.1f s",
            name,
            100 * result.best().score(),
            result.best().epoch() + 1,
            100 * test.error(),
            result.seconds());
    return new Tuned(result, test);
  }

  /** The settings, checked. */
  private Settings settings(int batch, long seed) {
    List<Integer> widths = Arrays.stream(layers.split(",", -1)).map(this::width).toList();
    OptionException.require("--corruption", "in [0, 1]", level >= 0 && level <= 1, level);
    OptionException.require("--pretrain-epochs", ">= 1", pretrainEpochs >= 1, pretrainEpochs);
    requireRate("--pretrain-rate", pretrainRate);
    OptionException.require("--epochs", ">= 1", epochs >= 1, epochs);
    requireRate("--rate", rate);
    return new Settings(widths, level, pretrainEpochs, pretrainRate, epochs, rate, batch, seed);
  }

  private int width(String text) {
    double width = OptionException.number("--layers", text);
    OptionException.require("--layers", "whole and >= 1", width >= 1 && width == (int) width, text);
    return (int) width;
  }

  private static void requireRate(String option, double rate) {
    OptionException.require(option, "> 0", rate > 0 && Double.isFinite(rate), rate);
  }
}
