package io.github.dae4j.solver;

import org.nd4j.linalg.factory.Nd4j;

/**
 * One thread in matrix products and ND4J's loops for as long as it is open, where they are too
 * small to be shared: OpenMP's threads spin, and wait for each other longer than they work. The
 * number is a function of the products' size alone, so that a run can be repeated to the bit.
 */
final class StepThreads implements AutoCloseable {

  /** Names how many threads a step has, whatever its size. */
  static final String PROPERTY = "io.github.dae4j.threads";

  /** Multiplications below which a product is not shared: 256 rows of 784 x 500. */
  private static final long LEAST_SHARED = 100_000_000;

  private final Count before;
  private final Count during;

  private StepThreads(Count before, Count during) {
    this.before = before;
    this.during = during;
    during.inPlaceOf(before);
  }

  /** For products of so many multiplications; on other backends than the CPU nothing changes. */
  static StepThreads forProductsOf(long multiplications) {
    Count present = Count.present();
    Integer asked = Integer.getInteger(PROPERTY);
    if (!Nd4j.getEnvironment().isCPU() || (asked == null && multiplications >= LEAST_SHARED)) {
      return new StepThreads(present, present);
    }
    int number = asked == null ? 1 : Math.max(1, asked);
    return new StepThreads(present, new Count(number, number));
  }

  @Override
  public void close() {
    before.inPlaceOf(during);
  }

  /** The threads of products and of loops. */
  private record Count(int products, int loops) {

    static Count present() {
      return Nd4j.getEnvironment().isCPU()
          ? new Count(
              Nd4j.factory().blas().getMaxThreads(), Nd4j.getEnvironment().maxMasterThreads())
          : new Count(1, 1);
    }

    void inPlaceOf(Count other) {
      if (products != other.products) {
        Nd4j.factory().blas().setMaxThreads(products);
      }
      if (loops != other.loops) {
        Nd4j.getEnvironment().setMaxMasterThreads(loops);
      }
    }
  }
}
