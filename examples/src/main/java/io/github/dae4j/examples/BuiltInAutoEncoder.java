package io.github.dae4j.examples;

import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.examples.backend.Backends;
import io.github.dae4j.examples.cli.Cli;
import io.github.dae4j.examples.cli.DataOptions;
import io.github.dae4j.examples.cli.Epoch;
import io.github.dae4j.examples.cli.OptionException;
import io.github.dae4j.examples.cli.Speech;
import io.github.dae4j.examples.cli.SpeechOptions;
import io.github.dae4j.examples.data.Digits;
import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.stacked.PretrainableNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.ops.transforms.Transforms;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * DL4J's own {@code AutoEncoder} beside this project's layer, on the same digits with the same
 * settings: the true cross-entropy of one rises and of the other falls.
 */
@Command(
    name = "built-in-autoencoder",
    description = "Compares DL4J's own AutoEncoder with this project's layer.",
    showDefaultValues = true,
    sortOptions = false)
public final class BuiltInAutoEncoder implements Callable<Integer> {

  private static final int HIDDEN = 500;
  private static final int BATCH = 20;
  private static final double RATE = 0.1;
  private static final double LEVEL = 0.3;

  @Mixin private DataOptions data = new DataOptions();

  @Option(names = "--epochs", defaultValue = "2", description = "Passes over the images.")
  private int epochs;

  @Mixin private SpeechOptions options = new SpeechOptions();

  @Spec private CommandSpec command;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  /** Cross-entropy in nats per image on test digits, before training and after each epoch. */
  public record Result(List<Double> builtIn, List<Double> ours) {}

  public static void main(String[] args) {
    System.exit(Cli.execute(new BuiltInAutoEncoder(), args));
  }

  @Override
  public Integer call() {
    OptionException.require("--epochs", ">= 1", epochs >= 1, epochs);
    Backends.start(Backends.DEFAULT_THREADS);
    Speech speech = options.on(command.commandLine().getOut());
    Result result = run(data.read(speech), epochs, data.seed(), speech::epoch);
    speech.line("Cross-entropy of the reconstructions, nats per image");
    speech.line("%-12s %16s %16s", "", "DL4J's built-in", "this project's");
    for (int epoch = 0; epoch <= epochs; epoch++) {
      speech.line(
          "%-12s %16.2f %16.2f",
          epoch == 0 ? "untrained" : "epoch " + epoch,
          result.builtIn().get(epoch),
          result.ours().get(epoch));
    }
    speech.result(result);
    return 0;
  }

  /** Trains both layers from the same weights; {@code progress} hears of each epoch's error. */
  public static Result run(Digits digits, int epochs, long seed, Consumer<Epoch> progress) {
    AutoEncoder builtIn = sized(new AutoEncoder.Builder(LEVEL), digits).build();
    DenoisingAutoEncoder ours =
        sized(new DenoisingAutoEncoder.Builder().corruption(new MaskingCorruption(LEVEL)), digits)
            .build();
    return new Result(
        errors("built-in", builtIn, digits, epochs, seed, progress),
        errors("ours", ours, digits, epochs, seed, progress));
  }

  private static <B extends FeedForwardLayer.Builder<B>> B sized(B layer, Digits digits) {
    return layer.nIn(digits.train().images().size(1)).nOut(HIDDEN).activation(Activation.SIGMOID);
  }

  private static List<Double> errors(
      String name,
      FeedForwardLayer layer,
      Digits digits,
      int epochs,
      long seed,
      Consumer<Epoch> progress) {
    PretrainableNetwork network =
        new PretrainableNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(seed)
                .weightInit(WeightInit.SIGMOID_UNIFORM)
                .updater(new Sgd(RATE))
                .list()
                .layer(layer)
                .build());
    network.init();
    List<Double> errors = new ArrayList<>();
    errors.add(crossEntropy(network, digits.test().images()));
    for (int epoch = 1; epoch <= epochs; epoch++) {
      long start = System.nanoTime();
      network.pretrain(new ViewIterator(digits.train().dataSet(), BATCH), 1);
      double error = crossEntropy(network, digits.test().images());
      errors.add(error);
      double seconds = (System.nanoTime() - start) / 1e9;
      progress.accept(new Epoch(name, epoch, epochs, error, null, seconds));
    }
    return errors;
  }

  /** From parameters alone, the same way for both: -sum(x log z + (1 - x) log(1 - z)). */
  private static double crossEntropy(PretrainableNetwork network, INDArray x) {
    INDArray w = network.getParam("0_W");
    INDArray code = Transforms.sigmoid(x.mmul(w).addiRowVector(network.getParam("0_b")), false);
    INDArray a = code.mmul(w.transpose()).addiRowVector(network.getParam("0_vb"));
    double softplus =
        Transforms.softPlus(Transforms.abs(a, true).negi(), false).sumNumber().doubleValue();
    double rest = Transforms.relu(a, true).subi(a.mul(x)).sumNumber().doubleValue();
    return (softplus + rest) / x.size(0);
  }
}
