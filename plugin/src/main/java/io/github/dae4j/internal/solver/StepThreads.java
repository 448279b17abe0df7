package io.github.dae4j.internal.solver;

import io.github.dae4j.internal.compute.ParallelLoop;
import io.github.dae4j.internal.compute.Product;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The threads of a step, for as long as it is open: a {@link ParallelLoop} shares what the layer
 * computes itself, while BLAS and ND4J's loops have one thread each where their own products are
 * too small to be shared. (OpenMP's threads spin, and wait for each other longer than they work.)
 */
final class StepThreads implements AutoCloseable {

  /** Names how many threads share a step. */
  static final String PROPERTY = "io.github.dae4j.threads";

  /** Multiplications below which BLAS does not share a product: 256 rows of 784 x 500. */
  private static final long LEAST_SHARED = 100_000_000;

  private final TrainingThreads loop = TrainingThreads.open();
  private final ParallelLoop helpers;

  /** With so many multiplications in the largest product that is left to ND4J. */
  StepThreads(ThreadTuner tuner, long multiplications) {
    boolean small = multiplications < LEAST_SHARED;
    TrainingThreads.use(small);
    helpers = ParallelLoop.of(small || Product.leaveBlasAlone() ? tuner.threads(most()) : 1);
  }

  /** The threads that may share a step: as many as BLAS has, or as the property says. */
  static int most() {
    if (!Nd4j.getEnvironment().isCPU()) {
      return 1;
    }
    Integer asked = Integer.getInteger(PROPERTY);
    return asked != null
        ? asked
        : Math.min(TrainingThreads.before(), Runtime.getRuntime().availableProcessors());
  }

  @Override
  public void close() {
    helpers.close();
    loop.close();
  }
}
