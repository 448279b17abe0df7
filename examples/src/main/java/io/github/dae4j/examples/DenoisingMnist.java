package io.github.dae4j.examples;

import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.corruption.NoCorruption;
import io.github.dae4j.examples.backend.Backends;
import io.github.dae4j.examples.cli.Cli;
import io.github.dae4j.examples.cli.DataOptions;
import io.github.dae4j.examples.cli.OptionException;
import io.github.dae4j.examples.cli.Progress;
import io.github.dae4j.examples.cli.RunOptions;
import io.github.dae4j.examples.cli.Speech;
import io.github.dae4j.examples.data.Digits;
import io.github.dae4j.examples.data.DrawnDigits;
import io.github.dae4j.examples.output.Report;
import io.github.dae4j.examples.output.WholeFile;
import io.github.dae4j.examples.plot.CostCurves;
import io.github.dae4j.examples.plot.ExampleRows;
import io.github.dae4j.examples.plot.FilterTiles;
import io.github.dae4j.examples.plot.Png;
import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.layer.DenoisingAutoEncoderLayer;
import io.github.dae4j.stacked.PretrainableNetwork;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The Deep Learning Tutorials' dA: one denoising autoencoder for each corruption level, trained on
 * digits, and pictures of what it learned.
 */
@Command(
    name = "denoising-mnist",
    description = "Trains a denoising autoencoder on digits for each corruption level.",
    showDefaultValues = true,
    sortOptions = false)
public final class DenoisingMnist implements Callable<Integer> {

  private static final int SHOWN_DIGITS = 10;

  @Mixin private DataOptions data = new DataOptions();
  @Mixin private RunOptions options = new RunOptions();

  @Option(
      names = "--corruption",
      paramLabel = "LEVEL[,LEVEL...]",
      defaultValue = "0,0.3",
      description = "Probability with which masking sets a pixel to 0, for each autoencoder.")
  private String corruption;

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

  public static void main(String[] args) {
    System.exit(Cli.execute(new DenoisingMnist(), args));
  }

  @Override
  public Integer call() {
    double[] levels = levels();
    requireOptions();
    Backends.start(options.threads());
    Digits digits = data.read(options.speech());
    WholeFile.requireFolder(options.output());
    Result result = train(digits, levels);
    Report.write(result, options.output().resolve("report.json"));
    summarize(result);
    return 0;
  }

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

  private void requireOptions() {
    OptionException.require("--hidden", ">= 1", hidden >= 1, hidden);
    OptionException.require("--rate", "> 0", rate > 0 && Double.isFinite(rate), rate);
    OptionException.require("--epochs", ">= 1", epochs >= 1, epochs);
    options.require();
  }

  private Result train(Digits digits, double[] levels) {
    List<Run> runs = new ArrayList<>();
    Map<String, double[]> curves = new LinkedHashMap<>();
    for (double level : levels) {
      Run run = train(digits, level);
      runs.add(run);
      curves.put("corruption " + decimal(level), run.costs());
    }
    String costCurves = "costs.png";
    Png.write(
        CostCurves.image("Training cost, " + digits.name(), curves),
        options.output().resolve(costCurves));
    return new Result(
        digits.name(),
        digits.train().size(),
        hidden,
        options.batch(),
        rate,
        epochs,
        data.seed(),
        Nd4j.getBackend().getClass().getSimpleName(),
        costCurves,
        runs);
  }

  private Run train(Digits digits, double level) {
    PretrainableNetwork network = network(digits.train().images().size(1), level);
    int minibatches = (digits.train().size() + options.batch() - 1) / options.batch();
    Progress progress =
        new Progress("corruption " + decimal(level), epochs, minibatches, options.speech());
    network.setListeners(progress);
    try (progress) {
      network.pretrain(new ViewIterator(digits.train().dataSet(), options.batch()), epochs);
    }

    String suffix = "_corruption_" + decimal(100 * level);
    Run run =
        new Run(
            level,
            progress.costs(),
            progress.seconds(),
            progress.totalSeconds(),
            "filters" + suffix + ".png",
            "digits" + suffix + ".png",
            "model" + suffix + ".zip");
    DenoisingAutoEncoderLayer layer = (DenoisingAutoEncoderLayer) network.getLayer(0);
    Png.write(
        FilterTiles.square(layer.layerConf().getNIn()).image(layer.getParam("W")),
        options.output().resolve(run.filters()));
    int shown = Math.min(SHOWN_DIGITS, digits.test().size());
    drawDigits(layer, digits.test().first(shown).images(), options.output().resolve(run.digits()));
    WholeFile.write(
        options.output().resolve(run.model()),
        out -> ModelSerializer.writeModel(network, out, true));
    return run;
  }

  private PretrainableNetwork network(long pixels, double level) {
    PretrainableNetwork network =
        new PretrainableNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(data.seed())
                .dataType(DataType.FLOAT)
                .weightInit(WeightInit.SIGMOID_UNIFORM)
                .updater(new Sgd(rate))
                .list()
                .layer(
                    new DenoisingAutoEncoder.Builder()
                        .nIn(pixels)
                        .nOut(hidden)
                        .activation(Activation.SIGMOID)
                        .corruption(corruption(level))
                        .build())
                .build());
    network.init();
    return network;
  }

  private static Corruption corruption(double level) {
    return level == 0 ? new NoCorruption() : new MaskingCorruption(level);
  }

  private static void drawDigits(DenoisingAutoEncoderLayer layer, INDArray clean, Path path) {
    INDArray corrupted =
        layer.layerConf().getCorruption().corrupt(clean, Nd4j.getRandom(), 0, 0).values();
    ExampleRows rows = new ExampleRows((int) clean.size(0), DrawnDigits.SIDE, DrawnDigits.SIDE);
    Png.write(rows.image(clean, corrupted, layer.reconstruct(corrupted), 2), path);
  }

  private void summarize(Result result) {
    Speech speech = options.speech();
    for (Run run : result.runs()) {
      speech.line(
          "corruption %s: cost %.2f nats per image after %d epochs, %.1f s",
          decimal(run.corruption()), run.costs()[epochs - 1], epochs, run.totalSeconds());
    }
    speech.line("Pictures, models and report.json are in %s", options.output().toAbsolutePath());
    speech.result(result);
  }

  private static String decimal(double value) {
    return new DecimalFormat("0.####", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
  }
}
