package io.github.dae4j.examples;

import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.examples.backend.Backends;
import io.github.dae4j.examples.cli.Cli;
import io.github.dae4j.examples.cli.DataOptions;
import io.github.dae4j.examples.cli.OptionException;
import io.github.dae4j.examples.cli.RunOptions;
import io.github.dae4j.examples.cli.TrainingProgress;
import io.github.dae4j.examples.data.Digits;
import io.github.dae4j.examples.data.ImageSet;
import io.github.dae4j.examples.experiment.Stage;
import io.github.dae4j.examples.output.Report;
import io.github.dae4j.examples.output.WholeFile;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.training.FineTuner;
import io.github.dae4j.stacked.training.FineTuningResult;
import io.github.dae4j.stacked.training.GreedyPretrainer;
import io.github.dae4j.stacked.training.LayerPlan;
import io.github.dae4j.stacked.training.LayerResult;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Sgd;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

  @Option(
      names = "--layers",
      defaultValue = "500,500",
      paramLabel = "N[,N...]",
      description = "Units of each code, from the first to the top.")
  private String layers;

  @Option(
      names = "--corruption",
      defaultValue = "0.2",
      paramLabel = "LEVEL",
      description = "Probability with which masking sets an input of a layer to 0.")
  private double level;

  @Option(names = "--pretrain-epochs", defaultValue = "5", description = "For each layer.")
  private int pretrainEpochs;

  @Option(names = "--pretrain-rate", defaultValue = "0.1", description = "Learning rate of SGD.")
  private double pretrainRate;

  @Option(names = "--epochs", defaultValue = "10", description = "Epochs of fine-tuning.")
  private int epochs;

  @Option(names = "--rate", defaultValue = "0.1", description = "Rate of fine-tuning.")
  private double rate;

  /** The test error of a network, in [0, 1], and how fine-tuning got there. */
  public record Outcome(double testError, FineTuningResult fineTuning) {}

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
    int[] widths = widths();
    requireOptions();
    Backends.start(options.threads());
    Digits digits = data.read(options.speech());
    WholeFile.requireFolder(options.output());

    StackedDenoisingAutoEncoder stack = stack(digits, widths);
    List<LayerResult> pretrained = pretrain(stack, digits);
    Outcome withPretraining = fineTune("pretrained", stack, digits);
    stack.save(options.output().resolve("model.zip"), false);
    Outcome fromScratch = fineTune("from scratch", stack(digits, widths), digits);
    Result result =
        new Result(
            digits.name(),
            digits.train().size(),
            Arrays.stream(widths).boxed().toList(),
            data.seed(),
            pretrained,
            withPretraining,
            fromScratch);
    Report.write(result, options.output().resolve("report.json"));
    options.speech().line("Model and report.json are in %s", options.output().toAbsolutePath());
    options.speech().result(result);
    return 0;
  }

  private int[] widths() {
    return Arrays.stream(layers.split(",", -1))
        .mapToInt(
            text -> {
              double width = OptionException.number("--layers", text);
              OptionException.require(
                  "--layers", "whole and >= 1", width >= 1 && width == (int) width, text);
              return (int) width;
            })
        .toArray();
  }

  private void requireOptions() {
    OptionException.require("--corruption", "in [0, 1]", level >= 0 && level <= 1, level);
    OptionException.require("--pretrain-epochs", ">= 1", pretrainEpochs >= 1, pretrainEpochs);
    OptionException.require(
        "--pretrain-rate", "> 0", pretrainRate > 0 && Double.isFinite(pretrainRate), pretrainRate);
    OptionException.require("--epochs", ">= 1", epochs >= 1, epochs);
    OptionException.require("--rate", "> 0", rate > 0 && Double.isFinite(rate), rate);
    options.require();
  }

  private StackedDenoisingAutoEncoder stack(Digits digits, int[] widths) {
    Corruption masking = new MaskingCorruption(level);
    return StackedDenoisingAutoEncoder.builder((int) digits.train().images().size(1), widths)
        .corruption(masking)
        .activation(Activation.SIGMOID)
        .seed(data.seed())
        .updater(new Sgd(pretrainRate))
        .output(
            new OutputLayer.Builder()
                .nOut(digits.train().classes())
                .activation(Activation.SOFTMAX)
                .build())
        .build();
  }

  private List<LayerResult> pretrain(StackedDenoisingAutoEncoder stack, Digits digits) {
    GreedyPretrainer pretrainer =
        new GreedyPretrainer.Builder()
            .plan(LayerPlan.ofEpochs(pretrainEpochs))
            .seed(data.seed())
            .build();
    List<Stage> stages =
        IntStream.rangeClosed(0, stack.topLayer())
            .mapToObj(layer -> stage("layer " + layer, pretrainEpochs, digits))
            .toList();
    List<LayerResult> results;
    try (TrainingProgress progress = new TrainingProgress(stages, null, options.speech())) {
      stack.network().setListeners(progress);
      results = stack.pretrain(pretrainer, minibatches(digits.train()));
    }
    for (LayerResult layer : results) {
      options
          .speech()
          .line(
              "layer %d  pretrained for %d epochs  cost %.2f nats  %.1f s",
              layer.layer(),
              layer.epochs(),
              layer.trainingCosts().get(layer.epochs() - 1),
              layer.seconds());
    }
    return results;
  }

  private Outcome fineTune(String name, StackedDenoisingAutoEncoder stack, Digits digits) {
    FineTuner tuner = new FineTuner.Builder().epochs(epochs).updater(new Sgd(rate)).build();
    FineTuningResult result;
    try (TrainingProgress progress =
        new TrainingProgress(List.of(), stage(name, epochs, digits), options.speech())) {
      stack.network().setListeners(progress);
      result = stack.fineTune(tuner, minibatches(digits.train()), minibatches(digits.validation()));
    }
    stack.network().setListeners();
    Evaluation evaluation = stack.network().evaluate(minibatches(digits.test()));
    double testError = 1 - evaluation.accuracy();
    options
        .speech()
        .line(
            "%s  best validation error %.2f %% after epoch %d  test error %.2f %%  %.1f s",
            name,
            100 * result.best().score(),
            result.best().epoch() + 1,
            100 * testError,
            result.seconds());
    return new Outcome(testError, result);
  }

  private Stage stage(String name, int ofEpochs, Digits digits) {
    int images = digits.train().size();
    return new Stage(name, ofEpochs, (images + options.batch() - 1) / options.batch());
  }

  private DataSetIterator minibatches(ImageSet images) {
    return new ViewIterator(images.dataSet(), options.batch());
  }
}
