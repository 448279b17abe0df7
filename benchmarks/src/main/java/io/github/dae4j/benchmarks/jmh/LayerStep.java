package io.github.dae4j.benchmarks.jmh;

import io.github.dae4j.benchmarks.Networks;
import io.github.dae4j.benchmarks.UpdaterKind;
import io.github.dae4j.stacked.PretrainableNetwork;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** One pretraining step of a layer, its score included. */
public class LayerStep extends Timed {

  /** Which layer, and how many examples. */
  public enum Step {
    BATCH_1(1, 1000),
    BATCH_20(20, 500),
    BATCH_128(128, 500),
    BATCH_256(256, 500),
    BATCH_1024(1024, 500),
    BATCH_20_NESTEROVS(20, Activation.SIGMOID, UpdaterKind.NESTEROVS),
    BATCH_20_ADAM(20, Activation.SIGMOID, UpdaterKind.ADAM),
    BATCH_20_RELU(20, Activation.RELU, UpdaterKind.ADAM),
    BATCH_20_BUILT_IN(20, () -> Networks.builtIn(Digits.PIXELS, 500)),
    BATCH_128_BUILT_IN(128, () -> Networks.builtIn(Digits.PIXELS, 500));

    private final int batch;
    private final Supplier<PretrainableNetwork> network;

    Step(int batch, int hidden) {
      this(batch, () -> Networks.denoising(Digits.PIXELS, hidden));
    }

    Step(int batch, Activation activation, UpdaterKind updater) {
      this(batch, () -> Networks.denoising(Digits.PIXELS, 500, activation, updater.updater()));
    }

    Step(int batch, Supplier<PretrainableNetwork> network) {
      this.batch = batch;
      this.network = network;
    }
  }

  @Param private Step step;

  private final StepAllocation memory = new StepAllocation();
  private Layer layer;
  private INDArray images;

  /** Makes layer and minibatch. */
  @Setup
  public void prepare() {
    PretrainableNetwork network = step.network.get();
    network.initGradientsView();
    layer = network.getLayer(0);
    images = Digits.images(step.batch);
  }

  @Benchmark
  @SuppressWarnings("try")
  public double fit() {
    try (MemoryWorkspace scope = memory.open()) {
      layer.fit(images, memory.manager());
    }
    return layer.score();
  }
}
