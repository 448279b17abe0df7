package io.github.dae4j.benchmarks;

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

/** Whether memory stays where it is while one denoising autoencoder takes thousands of steps. */
@Command(
    name = "steady-memory",
    description = "Samples memory in and beside the heap every 1,000 steps of one layer.",
    showDefaultValues = true,
    sortOptions = false)
public final class SteadyMemory implements Callable<Integer> {

  private static final int INTERVAL = 1_000;

  @Mixin private MeasurementOptions options = new MeasurementOptions();

  @Option(names = "--hidden", defaultValue = "500", description = "Units of the code.")
  private int hidden;

  @Option(names = "--steps", defaultValue = "10000", description = "Steps, at least; whole epochs.")
  private int steps;

  @Option(
      names = "--kind",
      defaultValue = "PRETRAIN",
      description = "The way of training: ${COMPLETION-CANDIDATES}.")
  private EpochKind kind;

  public static void main(String[] args) {
    System.exit(CommandRunner.execute(new CommandLine(new SteadyMemory()), args));
  }

  @Override
  public Integer call() {
    OptionException.require("--hidden", ">= 1", hidden >= 1, hidden);
    OptionException.require("--steps", ">= 1", steps >= 1, steps);
    options.start();
    Measured.print("kind", kind.name());
    ImageSet images = options.images();
    PretrainableNetwork network = kind.network((int) images.images().size(1), hidden);
    MemorySamples samples = new MemorySamples(INTERVAL);
    network.setListeners(samples);
    DataSetIterator data = options.minibatches(images);
    while (samples.steps() < steps) {
      kind.train(network, data);
    }
    PeakMemory.print();
    return 0;
  }
}
