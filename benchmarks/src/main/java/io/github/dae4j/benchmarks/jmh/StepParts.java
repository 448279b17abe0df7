package io.github.dae4j.benchmarks.jmh;

import io.github.dae4j.corruption.Corrupted;
import io.github.dae4j.corruption.MaskingCorruption;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** What a step does beside its products. */
public class StepParts extends Timed {

  @Param({"1", "20", "128", "256", "1024"})
  private int batch;

  private final StepAllocation memory = new StepAllocation();
  private final MaskingCorruption corruption = new MaskingCorruption(0.3);
  private INDArray images;
  private INDArray preOutput;

  /** Makes a minibatch. */
  @Setup
  public void prepare() {
    images = Digits.images(batch);
    preOutput = Nd4j.randn(DataType.FLOAT, batch, Digits.PIXELS);
  }

  /** Draws and applies a corruption. */
  @Benchmark
  @SuppressWarnings("try")
  public Corrupted corrupt() {
    try (MemoryWorkspace scope = memory.open()) {
      return corruption.corrupt(images, Nd4j.getRandom(), 0, 0);
    }
  }

  /** The sigmoid of [batch, 784], in place. */
  @Benchmark
  public INDArray sigmoid() {
    return Transforms.sigmoid(preOutput, false);
  }
}
