package io.github.dae4j.benchmarks;

import io.github.dae4j.cli.console.CommandRunner;
import io.github.dae4j.datasets.ImageSet;
import io.github.dae4j.stacked.PretrainableNetwork;
import io.github.dae4j.stacked.pretraining.GreedyPretrainer;
import io.github.dae4j.stacked.pretraining.LayerPlan;
import io.github.dae4j.stacked.pretraining.LayerResult;
import java.util.List;
import java.util.concurrent.Callable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * What an epoch of each layer of 784-1000-1000-1000 takes, in turn with one of a layer 1000-1000
 * that stands alone, on codes of the first layer: once in each of {@code --epochs} rounds, after
 * one that warms up.
 */
@Command(
    name = "stack-epochs",
    description = "Times an epoch of each layer of a stack beside a layer that stands alone.",
    showDefaultValues = true,
    sortOptions = false)
public final class StackEpochs implements Callable<Integer> {

  private static final int WIDTH = 1000;

  @Mixin private MeasurementOptions options = new MeasurementOptions();

  public static void main(String[] args) {
    System.exit(CommandRunner.execute(new CommandLine(new StackEpochs()), args));
  }

  @Override
  public Integer call() {
    options.start();
    ImageSet images = options.images();
    int pixels = (int) images.images().size(1);
    PretrainableNetwork stack = Networks.stack(pixels, WIDTH, WIDTH, WIDTH);
    PretrainableNetwork alone = Networks.stack(WIDTH, WIDTH);
    train(stack, options.minibatches(images));
    INDArray codes = stack.feedForwardToLayer(0, images.images(), false).get(1);
    train(alone, options.minibatches(codes));
    for (int round = 0; round < options.epochs(); round++) {
      print(round, "alone", train(alone, options.minibatches(codes)).get(0));
      for (LayerResult layer : train(stack, options.minibatches(images))) {
        print(round, "layer." + (layer.layer() + 1), layer);
      }
    }
    PeakMemory.print();
    return 0;
  }

  private static List<LayerResult> train(PretrainableNetwork network, DataSetIterator data) {
    return new GreedyPretrainer.Builder()
        .plan(LayerPlan.ofEpochs(1))
        .build()
        .pretrain(network, data);
  }

  private static void print(int round, String layer, LayerResult result) {
    Measured.print("epoch.%d.%s.seconds".formatted(round, layer), result.seconds());
  }
}
