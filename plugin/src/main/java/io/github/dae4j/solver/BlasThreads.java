package io.github.dae4j.solver;

import org.nd4j.linalg.factory.Nd4j;

/**
 * One thread in matrix products for as long as it is open, where they are too small to be shared:
 * OpenMP's threads spin, and wait for each other longer than they work. The number is a function of
 * the products' size alone, so that a run can be repeated to the bit.
 */
final class BlasThreads implements AutoCloseable {

  /** Names how many threads products have, whatever their size. */
  static final String PROPERTY = "io.github.dae4j.threads";

  /** Multiplications below which a product is not shared: 256 rows of 784 x 500. */
  private static final long LEAST_SHARED = 100_000_000;

  private final int before;
  private final int during;

  private BlasThreads(int before, int during) {
    this.before = before;
    this.during = during;
    set(before, during);
  }

  /** For products of so many multiplications, on the CPU backend. */
  static BlasThreads forProductsOf(long multiplications) {
    if (!Nd4j.getEnvironment().isCPU()) {
      return new BlasThreads(1, 1);
    }
    int before = Nd4j.factory().blas().getMaxThreads();
    int most = multiplications < LEAST_SHARED ? 1 : before;
    return new BlasThreads(before, Integer.getInteger(PROPERTY, Math.min(before, most)));
  }

  @Override
  public void close() {
    set(during, before);
  }

  private static void set(int present, int wanted) {
    if (wanted != present) {
      Nd4j.factory().blas().setMaxThreads(wanted);
    }
  }
}
