package io.github.dae4j.benchmarks;

import io.github.dae4j.cli.console.CommandRunner;
import io.github.dae4j.datasets.ImageSet;
import io.github.dae4j.stacked.PretrainableNetwork;
import io.github.dae4j.stacked.finetuning.FineTuner;
import io.github.dae4j.stacked.finetuning.FineTuningResult;
import java.util.concurrent.Callable;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What an epoch of fine-tuning 784-1000-1000-1000-10 takes. */
@Command(
    name = "fine-tuning-epoch",
    description = "Times epochs of fine-tuning a stack of three layers of 1000.",
    showDefaultValues = true,
    sortOptions = false)
public final class FineTuningEpoch implements Callable<Integer> {

  private static final int WIDTH = 1000;

  @Mixin private MeasurementOptions options = new MeasurementOptions();

  @Option(
      names = "--updater",
      defaultValue = "SGD",
      description = "The updater: ${COMPLETION-CANDIDATES}.")
  private UpdaterKind updater;

  public static void main(String[] args) {
    System.exit(CommandRunner.execute(new CommandLine(new FineTuningEpoch()), args));
  }

  @Override
  public Integer call() {
    options.start();
    ImageSet images = options.images();
    PretrainableNetwork network =
        Networks.classifier(
            (int) images.images().size(1),
            images.classes().size(),
            updater.updater(),
            WIDTH,
            WIDTH,
            WIDTH);
    FineTuner tuner = new FineTuner.Builder().epochs(options.epochs()).build();
    DataSetIterator oneMinibatch = options.minibatches(images.first(options.batch()));
    FineTuningResult result = tuner.fit(network, options.minibatches(images), oneMinibatch);
    for (int epoch = 0; epoch < options.epochs(); epoch++) {
      Measured.print("epoch.%d.seconds".formatted(epoch), result.epochs().get(epoch).seconds());
      Measured.print("epoch.%d.loss".formatted(epoch), result.epochs().get(epoch).trainingLoss());
    }
    PeakMemory.print();
    return 0;
  }
}
