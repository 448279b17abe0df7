package io.github.dae4j.benchmarks;

import io.github.dae4j.cli.backend.Backends;
import io.github.dae4j.cli.console.Console;
import io.github.dae4j.cli.console.DataOptions;
import io.github.dae4j.cli.console.OptionException;
import io.github.dae4j.cli.console.Stages;
import io.github.dae4j.datasets.ImageSet;
import java.io.PrintWriter;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that the mains share: data, minibatches, epochs and threads. */
final class MeasurementOptions {

  @Mixin private DataOptions data = new DataOptions();

  @Option(names = "--batch", defaultValue = "20", description = "Examples in a minibatch.")
  private int batch;

  @Option(names = "--epochs", defaultValue = "3", description = "Passes over the images.")
  private int epochs;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "CPU threads; by default what ND4J starts with.")
  private Integer threads;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  /** Checks the options and gives ND4J its threads, if a number was asked for. */
  void start() {
    OptionException.require("--batch", ">= 1", batch >= 1, batch);
    OptionException.require("--epochs", ">= 1", epochs >= 1, epochs);
    OptionException.require("--threads", ">= 1", threads == null || threads >= 1, threads);
    if (threads != null) {
      Backends.useThreads(threads);
    }
    Measured.print("batch", batch);
    Measured.print("threads", threads == null ? "unset" : threads.toString());
  }

  int epochs() {
    return epochs;
  }

  int batch() {
    return batch;
  }

  /** The training images. */
  ImageSet images() {
    ImageSet images =
        data.read(new Stages(new Console(new PrintWriter(System.err), true, false))).train();
    Measured.print("images", images.size());
    return images;
  }

  /** Minibatches of images and labels, in their order. */
  DataSetIterator minibatches(ImageSet images) {
    return new ViewIterator(images.dataSet(), batch);
  }

  /** Minibatches of features alone, in their order. */
  DataSetIterator minibatches(INDArray features) {
    return new ViewIterator(new DataSet(features, Nd4j.zeros(features.size(0), 1)), batch);
  }
}
