package io.github.dae4j.benchmarks.jmh;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;

/** ND4J's Adam on the parameters of 784-1000-1000-10. */
public class AdamUpdate extends Timed {

  private static final int PARAMETERS = 784 * 1000 + 1000 + 1000 * 1000 + 1000 + 1000 * 10 + 10;

  private final Adam adam = new Adam(0.001);
  private GradientUpdater<?> updater;
  private INDArray gradient;
  private int iteration;

  /** Makes state and gradient. */
  @Setup
  public void prepare() {
    INDArray state = Nd4j.zeros(DataType.FLOAT, 1, adam.stateSize(PARAMETERS));
    updater = adam.instantiate(state, true);
    gradient = Nd4j.createUninitialized(DataType.FLOAT, 1, PARAMETERS);
  }

  /** The update overwrites the gradient: fresh numbers keep it from vanishing. */
  @Setup(Level.Iteration)
  public void refresh() {
    gradient.assign(Nd4j.rand(DataType.FLOAT, 1, PARAMETERS));
  }

  @Benchmark
  public INDArray apply() {
    updater.applyUpdater(gradient, iteration++, 0);
    return gradient;
  }
}
