package io.github.dae4j.cli.study;

import io.github.dae4j.cli.backend.Backends;
import io.github.dae4j.cli.console.Console.Epoch;
import io.github.dae4j.cli.console.DataOptions;
import io.github.dae4j.cli.console.OptionException;
import io.github.dae4j.cli.console.OutputOptions;
import io.github.dae4j.cli.study.BuiltInComparison.BuiltInPage;
import io.github.dae4j.cli.study.BuiltInComparison.Trained;
import io.github.dae4j.datasets.Splits;
import io.github.dae4j.report.Png;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * DL4J's own {@code AutoEncoder} beside this project's layer, on the same digits with the same
 * settings: the true cross-entropy of one rises and of the other falls.
 */
@Command(
    name = "built-in-autoencoder",
    description = "Compares DL4J's AutoEncoder with this project's layer.",
    showDefaultValues = true,
    sortOptions = false)
public final class BuiltInStudy implements Callable<Integer> {

  @Mixin private DataOptions data = new DataOptions();

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "2",
      description = "Training epochs.")
  private int epochs;

  @Mixin private OutputOptions options = new OutputOptions();

  /** Cross-entropy in nats per image on test digits, before training and after each epoch. */
  public record Result(List<Double> builtIn, List<Double> ours) {}

  @Override
  public Integer call() {
    OptionException.require("--epochs", ">= 1", epochs >= 1, epochs);
    options.start(Backends.DEFAULT_THREADS);
    Splits digits = data.read(options.stages());
    options.makeFolder();
    BuiltInComparison comparison =
        new BuiltInComparison(digits, data.seed(), epochs, options.stages());
    Trained builtIn = train("built-in", comparison.builtIn());
    Trained ours = train("ours", comparison.ours());
    Result result = new Result(builtIn.errors(), ours.errors());
    print(result);
    BuiltInPage page = new BuiltInPage(digits, data.seed(), builtIn, ours);
    Png.write(page.examples(), options.output().resolve("reconstructions.png"));
    options.finish("DL4J's AutoEncoder and this project's layer", result, page.sections());
    return 0;
  }

  private Trained train(String name, Trained layer) {
    for (int epoch = 1; epoch <= epochs; epoch++) {
      long start = System.nanoTime();
      double error = layer.train();
      options.stages().close();
      double seconds = (System.nanoTime() - start) / 1e9;
      options.console().epoch(new Epoch(name, epoch, epochs, error, null, seconds));
    }
    return layer;
  }

  private void print(Result result) {
    options.console().line("Cross-entropy of the reconstructions, nats per image");
    options.console().line("%-12s %16s %16s", "", "DL4J's built-in", "this project's");
    for (int epoch = 0; epoch <= epochs; epoch++) {
      options
          .console()
          .line(
              "%-12s %16.2f %16.2f",
              epoch == 0 ? "untrained" : "epoch " + epoch,
              result.builtIn().get(epoch),
              result.ours().get(epoch));
    }
  }
}
