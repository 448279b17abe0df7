package io.github.dae4j.cli.study;

import io.github.dae4j.cli.console.DataOptions;
import io.github.dae4j.cli.console.OptionException;
import io.github.dae4j.cli.console.RunOptions;
import io.github.dae4j.cli.console.Stages;
import io.github.dae4j.cli.console.TrainingProgress;
import io.github.dae4j.cli.experiment.Experiment.Stage;
import io.github.dae4j.cli.study.ImageImputation.Holes;
import io.github.dae4j.cli.study.ImputationReport.Filled;
import io.github.dae4j.cli.study.ImputationReport.ImputationPage;
import io.github.dae4j.datasets.DrawnDigits;
import io.github.dae4j.datasets.Splits;
import io.github.dae4j.report.ExampleRows;
import io.github.dae4j.report.Png;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Missing pixels, in training and at use, and what reconstruction puts there. */
@Command(
    name = "imputation",
    description = {
      "Fills in missing pixels of digits.",
      "Training images have missing pixels, too."
    },
    showDefaultValues = true,
    sortOptions = false)
public final class ImputationStudy implements Callable<Integer> {

  private static final int SHOWN = 12;

  @Mixin private DataOptions data = new DataOptions();
  @Mixin private RunOptions options = new RunOptions();

  @Option(names = "--hidden", paramLabel = "N", defaultValue = "300", description = "Hidden units.")
  private int hidden;

  @Option(
      names = "--missing",
      defaultValue = "0.1",
      paramLabel = "SHARE",
      description = "Share of pixels missing in training.")
  private double missing;

  @Option(
      names = "--corruption",
      defaultValue = "0.3",
      paramLabel = "LEVEL",
      description = "Probability of masking a pixel that is not missing.")
  private double corruption;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "3",
      description = "Training epochs.")
  private int epochs;

  @Override
  public Integer call() throws IOException {
    requireOptions();
    options.start();
    Splits digits = data.read(options.stages());
    int test = digits.test().size();
    OptionException.require(
        "--data", "of %d or more test digits".formatted(SHOWN), test >= SHOWN, test);
    options.makeFolder();

    ImageImputation imputation = new ImageImputation(digits, missing, data.seed());
    train(imputation, digits.train().size());
    Filled pixels = fill(imputation, Holes.PIXELS);
    Filled block = fill(imputation, Holes.BLOCK);
    BufferedImage examples =
        new ExampleRows(SHOWN, DrawnDigits.SIDE, DrawnDigits.SIDE)
            .image(imputation.examples(SHOWN, pixels, block), 2);
    Png.write(examples, options.output().resolve("imputation.png"));
    ImputationReport report =
        new ImputationReport(
            digits.name(), digits.train().size(), missing, data.seed(), List.of(pixels, block));
    report.print(options.console());
    options.finish(
        "Missing pixels of digits", report, new ImputationPage(report, examples).sections());
    return 0;
  }

  private void requireOptions() {
    OptionException.require("--hidden", ">= 1", hidden >= 1, hidden);
    OptionException.require("--missing", "in [0, 1)", missing >= 0 && missing < 1, missing);
    OptionException.require(
        "--corruption", "in [0, 1]", corruption >= 0 && corruption <= 1, corruption);
    OptionException.require("--epochs", ">= 1", epochs >= 1, epochs);
    options.require();
  }

  private void train(ImageImputation imputation, int images) throws IOException {
    int minibatches = (images + options.batch() - 1) / options.batch();
    Stage stage = new Stage("digits", epochs, minibatches);
    try (TrainingProgress progress =
        new TrainingProgress(List.of(stage), null, options.console())) {
      imputation
          .train(hidden, corruption, epochs, options.batch(), progress)
          .save(options.output().resolve("model.zip"), false);
    }
    options.addTimes(imputation.layers());
  }

  private Filled fill(ImageImputation imputation, Holes holes) {
    try (Stages stages = options.stages()) {
      return imputation.fill(holes, stages);
    }
  }
}
