package io.github.dae4j.cli.study;

import io.github.dae4j.cli.console.DataOptions;
import io.github.dae4j.cli.console.LevelsOption;
import io.github.dae4j.cli.console.OptionException;
import io.github.dae4j.cli.console.Progress;
import io.github.dae4j.cli.console.RunOptions;
import io.github.dae4j.cli.console.UiOptions;
import io.github.dae4j.cli.console.UiOptions.OpenPages;
import io.github.dae4j.cli.experiment.RunPictures;
import io.github.dae4j.cli.experiment.TutorialLayer;
import io.github.dae4j.cli.experiment.TutorialLayer.TutorialPage;
import io.github.dae4j.datasets.Splits;
import io.github.dae4j.internal.file.WholeFile;
import io.github.dae4j.report.CostCurves;
import io.github.dae4j.report.Png;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The Deep Learning Tutorials' dA: one denoising autoencoder for each corruption level, trained on
 * digits, and pictures of what it learned.
 */
@Command(
    name = "denoising-mnist",
    description = "Trains an autoencoder for each level of corruption.",
    showDefaultValues = true,
    sortOptions = false)
public final class DenoisingMnist implements Callable<Integer> {

  private static final String COSTS = "costs.png";

  @Mixin private DataOptions data = new DataOptions();
  @Mixin private RunOptions options = new RunOptions();
  @Mixin private UiOptions ui = new UiOptions();
  @Mixin private LevelsOption corruption = new LevelsOption();

  @Option(names = "--hidden", defaultValue = "500", description = "Units of the code.")
  private int hidden;

  @Option(names = "--rate", defaultValue = "0.1", description = "Learning rate of SGD.")
  private double rate;

  @Option(names = "--epochs", defaultValue = "15", description = "Passes over the images.")
  private int epochs;

  /** One denoising autoencoder: cost in nats per image, and seconds, of each epoch. */
  public record Run(
      double corruption,
      double[] costs,
      double[] seconds,
      double totalSeconds,
      String filters,
      String digits,
      String model) {}

  /** What all runs had in common, and the runs. */
  public record Result(
      String data,
      int images,
      int hidden,
      int batch,
      double rate,
      int epochs,
      long seed,
      String backend,
      String costCurves,
      List<Run> runs) {}

  @Override
  public Integer call() {
    double[] levels = corruption.levels();
    requireOptions();
    options.start();
    Splits digits = data.read(options.stages());
    options.makeFolder();
    try (OpenPages pages = ui.open(options.console())) {
      train(digits, levels, pages);
      pages.stay();
    }
    return 0;
  }

  private void train(Splits digits, double[] levels, OpenPages pages) {
    List<Run> runs = new ArrayList<>();
    List<TutorialPage.Level> page = new ArrayList<>();
    for (double level : levels) {
      train(digits, level, runs, page, pages);
    }
    drawCosts(digits, page);
    runs.forEach(this::summarize);
    options.finish(
        "Denoising autoencoders of %s".formatted(digits.name()),
        result(digits, runs),
        new TutorialPage(page).sections());
  }

  private void requireOptions() {
    OptionException.require("--hidden", ">= 1", hidden >= 1, hidden);
    OptionException.require("--rate", "> 0", rate > 0 && Double.isFinite(rate), rate);
    OptionException.require("--epochs", ">= 1", epochs >= 1, epochs);
    options.require();
    ui.require();
  }

  private void train(
      Splits digits, double level, List<Run> runs, List<TutorialPage.Level> page, OpenPages pages) {
    String name = "corruption " + LevelsOption.decimal(level);
    TutorialLayer layer =
        TutorialLayer.of(digits.train().images().size(1), hidden, level, rate, data.seed());
    int minibatches = (digits.train().size() + options.batch() - 1) / options.batch();
    Progress progress = new Progress(name, epochs, minibatches, options.console());
    layer.network().setListeners(progress);
    pages.show(
        "corruption-" + LevelsOption.decimal(level),
        layer.network(),
        digits.shown(),
        layer.corruption(),
        (long) epochs * minibatches);
    try (progress) {
      layer.train(digits, options.batch(), epochs);
    }
    options.stages().times().add(name, epochs, progress.totalSeconds());
    RunPictures pictures = layer.pictures(digits, data.seed());
    runs.add(save(layer, progress, pictures));
    double[] errors = layer.errors(digits, options.stages());
    page.add(new TutorialPage.Level(name, progress.costs(), pictures, errors));
  }

  private Run save(TutorialLayer layer, Progress progress, RunPictures pictures) {
    String suffix = "_corruption_" + LevelsOption.decimal(100 * layer.level());
    Run run =
        new Run(
            layer.level(),
            progress.costs(),
            progress.seconds(),
            progress.totalSeconds(),
            "filters" + suffix + ".png",
            "digits" + suffix + ".png",
            "model" + suffix + ".zip");
    Png.write(pictures.filters().get(0).image(), options.output().resolve(run.filters()));
    Png.write(pictures.examples(), options.output().resolve(run.digits()));
    WholeFile.writeWithFolders(
        options.output().resolve(run.model()),
        out -> ModelSerializer.writeModel(layer.network(), out, true));
    return run;
  }

  private void drawCosts(Splits digits, List<TutorialPage.Level> levels) {
    Map<String, double[]> curves = new LinkedHashMap<>();
    levels.forEach(level -> curves.put(level.name(), level.costs()));
    Png.write(
        CostCurves.image("Training cost, " + digits.name(), curves),
        options.output().resolve(COSTS));
  }

  private Result result(Splits digits, List<Run> runs) {
    return new Result(
        digits.name(),
        digits.train().size(),
        hidden,
        options.batch(),
        rate,
        epochs,
        data.seed(),
        Nd4j.getBackend().getClass().getSimpleName(),
        COSTS,
        runs);
  }

  private void summarize(Run run) {
    options
        .console()
        .line(
            "corruption %s: cost %.2f nats per image after %d epochs, %.1f s",
            LevelsOption.decimal(run.corruption()),
            run.costs()[epochs - 1],
            epochs,
            run.totalSeconds());
  }
}
