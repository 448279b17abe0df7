package io.github.dae4j.cli.study;

import io.github.dae4j.cli.console.Console.Epoch;
import io.github.dae4j.cli.console.DataOptions;
import io.github.dae4j.cli.console.OptionException;
import io.github.dae4j.cli.console.RunOptions;
import io.github.dae4j.cli.console.TrainingProgress;
import io.github.dae4j.cli.console.UiOptions;
import io.github.dae4j.cli.console.UiOptions.OpenPages;
import io.github.dae4j.cli.experiment.Experiment.Stage;
import io.github.dae4j.cli.experiment.RunPictures;
import io.github.dae4j.cli.study.TutorialLayer.TutorialPage;
import io.github.dae4j.datasets.Splits;
import io.github.dae4j.internal.file.WholeFile;
import io.github.dae4j.report.Chart;
import io.github.dae4j.report.Png;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
    description = "Trains one autoencoder per corruption level.",
    showDefaultValues = true,
    sortOptions = false)
public final class DenoisingStudy implements Callable<Integer> {

  private static final String LOSSES = "losses.png";

  @Mixin private DataOptions data = new DataOptions();
  @Mixin private RunOptions options = new RunOptions();
  @Mixin private UiOptions ui = new UiOptions();

  @Option(
      names = "--corruption",
      paramLabel = "LEVEL[,LEVEL...]",
      defaultValue = "0,0.3",
      description = "Probability of masking a pixel (setting it to 0), for each autoencoder.")
  private String corruption;

  @Option(names = "--hidden", paramLabel = "N", defaultValue = "500", description = "Hidden units.")
  private int hidden;

  @Option(
      names = "--rate",
      paramLabel = "RATE",
      defaultValue = "0.1",
      description = "Learning rate of SGD.")
  private double rate;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "15",
      description = "Training epochs.")
  private int epochs;

  /** One denoising autoencoder: loss in nats per image, and seconds, of each epoch. */
  public record Run(
      double corruption,
      double[] losses,
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
      String lossCurves,
      List<Run> runs) {}

  @Override
  public Integer call() {
    double[] levels = levels();
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
    drawLosses(digits, page);
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
    String name = "corruption " + decimal(level);
    TutorialLayer layer =
        TutorialLayer.of(digits.train().images().size(1), hidden, level, rate, data.seed());
    Stage stage = Stage.of(name, epochs, digits.train().size(), options.batch());
    TrainingProgress progress = TrainingProgress.ofLayer(stage, options.console());
    layer.network().setListeners(progress);
    pages.show(
        "corruption-" + decimal(level),
        layer.network(),
        digits.shown(),
        layer.corruption(),
        stage.steps());
    try (progress) {
      layer.train(digits, options.batch(), epochs);
    }
    Run run = run(level, progress.epochs());
    saveModel(layer, run); // whatever happens later
    options.stages().times().add(name, epochs, run.totalSeconds());
    RunPictures pictures = layer.pictures(digits, data.seed());
    Png.write(pictures.filters().get(0).image(), options.output().resolve(run.filters()));
    Png.write(pictures.examples(), options.output().resolve(run.digits()));
    runs.add(run);
    double[] errors = layer.errors(digits, options.stages());
    page.add(new TutorialPage.Level(name, run.losses(), pictures, errors));
  }

  private static Run run(double level, List<Epoch> ended) {
    String suffix = "_corruption_" + decimal(100 * level);
    double[] seconds = ended.stream().mapToDouble(Epoch::seconds).toArray();
    return new Run(
        level,
        ended.stream().mapToDouble(Epoch::loss).toArray(),
        seconds,
        Arrays.stream(seconds).sum(),
        "filters" + suffix + ".png",
        "digits" + suffix + ".png",
        "model" + suffix + ".zip");
  }

  private void saveModel(TutorialLayer layer, Run run) {
    WholeFile.writeWithFolders(
        options.output().resolve(run.model()),
        out -> ModelSerializer.writeModel(layer.network(), out, true));
  }

  private void drawLosses(Splits digits, List<TutorialPage.Level> levels) {
    Chart.overEpochs(
            "Training loss, " + digits.name(),
            "loss (nats)",
            levels.stream().map(level -> new Chart.Line(level.name(), level.losses())).toList())
        .write(options.output().resolve(LOSSES));
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
        LOSSES,
        runs);
  }

  private void summarize(Run run) {
    options
        .console()
        .line(
            "corruption %s: loss %.2f nats per image after %d epochs, %.1f s",
            decimal(run.corruption()), run.losses()[epochs - 1], epochs, run.totalSeconds());
  }

  /** The levels, which are different to the eye too. */
  private double[] levels() {
    String[] texts = corruption.split(",", -1);
    double[] levels = new double[texts.length];
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < levels.length; i++) {
      levels[i] = OptionException.number("--corruption", texts[i]);
      OptionException.require(
          "--corruption", "in [0, 1]", levels[i] >= 0 && levels[i] <= 1, levels[i]);
      OptionException.require(
          "--corruption", "different levels", seen.add(decimal(100 * levels[i])), corruption);
    }
    return levels;
  }

  /** A level with no more than four decimals: "0.3". */
  private static String decimal(double value) {
    return new DecimalFormat("0.####", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
  }
}
