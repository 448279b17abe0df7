package io.github.dae4j.benchmarks;

import io.github.dae4j.benchmarks.EpochKind.Epoch;
import io.github.dae4j.cli.console.CommandRunner;
import io.github.dae4j.cli.console.OptionException;
import io.github.dae4j.datasets.ImageSet;
import io.github.dae4j.stacked.PretrainableNetwork;
import java.util.concurrent.Callable;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What an epoch of one denoising autoencoder takes, as a user gets it. */
@Command(
    name = "epoch-time",
    description = "Times epochs of one layer: tied, sigmoid, cross-entropy, masking 0.3, SGD 0.1.",
    showDefaultValues = true,
    sortOptions = false)
public final class EpochTime implements Callable<Integer> {

  @Mixin private MeasurementOptions options = new MeasurementOptions();

  @Option(names = "--hidden", defaultValue = "500", description = "Units of the code.")
  private int hidden;

  @Option(
      names = "--kind",
      defaultValue = "PRETRAIN",
      description = "The way of training: ${COMPLETION-CANDIDATES}.")
  private EpochKind kind;

  public static void main(String[] args) {
    System.exit(CommandRunner.execute(new CommandLine(new EpochTime()), args));
  }

  @Override
  public Integer call() {
    OptionException.require("--hidden", ">= 1", hidden >= 1, hidden);
    options.start();
    Measured.print("kind", kind.name());
    ImageSet images = options.images();
    PretrainableNetwork network = kind.network((int) images.images().size(1), hidden);
    DataSetIterator data = options.minibatches(images);
    for (int epoch = 0; epoch < options.epochs(); epoch++) {
      Epoch result = kind.train(network, data);
      Measured.print("epoch.%d.seconds".formatted(epoch), result.seconds());
      Measured.print("epoch.%d.loss".formatted(epoch), result.loss());
    }
    PeakMemory.print();
    return 0;
  }
}
