package io.github.dae4j.benchmarks.jmh;

import io.github.dae4j.benchmarks.Networks;
import io.github.dae4j.benchmarks.UpdaterKind;
import io.github.dae4j.stacked.PretrainableNetwork;
import org.nd4j.linalg.dataset.DataSet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** One supervised step of 784-1000-1000-1000-10, its score included. */
public class FineTuningStep extends Timed {

  private static final int CLASSES = 10;
  private static final int WIDTH = 1000;

  /** How many examples, and which updater. */
  public enum Step {
    BATCH_20_SGD(20, UpdaterKind.SGD),
    BATCH_100_ADAM(100, UpdaterKind.ADAM);

    private final int batch;
    private final UpdaterKind updater;

    Step(int batch, UpdaterKind updater) {
      this.batch = batch;
      this.updater = updater;
    }
  }

  @Param private Step step;

  private PretrainableNetwork network;
  private DataSet minibatch;

  /** Makes network and minibatch. */
  @Setup
  public void prepare() {
    network =
        Networks.classifier(Digits.PIXELS, CLASSES, step.updater.updater(), WIDTH, WIDTH, WIDTH);
    minibatch = new DataSet(Digits.images(step.batch), Digits.labels(step.batch, CLASSES));
  }

  @Benchmark
  public double fit() {
    network.fit(minibatch);
    return network.score();
  }
}
