package io.github.dae4j.internal.solver;

import io.github.dae4j.internal.compute.ParallelLoop;

/**
 * While it is open, a {@link ParallelLoop} shares products and loops of the calling thread, and
 * BLAS and ND4J have one thread each where products do not need theirs.
 */
public final class SharedProducts implements AutoCloseable {

  private final TrainingThreads loop = TrainingThreads.open();
  private final ParallelLoop helpers;

  private SharedProducts() {
    TrainingThreads.use(true);
    helpers = ParallelLoop.of(StepThreads.most());
  }

  public static SharedProducts open() {
    return new SharedProducts();
  }

  @Override
  public void close() {
    helpers.close();
    loop.close();
  }
}
