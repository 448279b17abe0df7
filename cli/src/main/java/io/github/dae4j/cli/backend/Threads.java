package io.github.dae4j.cli.backend;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * How many threads the CPU backend uses: {@code blas} in matrix products, {@code loops} in ND4J's
 * own elementwise loops, {@code openMp} in its OpenMP regions (which alone is a setting of the
 * calling thread). The three together do at run time what {@code OMP_NUM_THREADS} does before it.
 */
public record Threads(int blas, int loops, int openMp) {

  /** What is in force for the calling thread. */
  static Threads current() {
    return new Threads(
        Nd4j.factory().blas().getMaxThreads(),
        Nd4j.getEnvironment().maxMasterThreads(),
        NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads());
  }

  /**
   * Puts these into force on the CPU backend, where ND4J keeps {@code loops} at or below what the
   * process started with; on CUDA, where the same calls mean other things, does nothing.
   */
  public void use() {
    if (!Nd4j.getEnvironment().isCPU()) {
      return;
    }
    Nd4j.factory().blas().setMaxThreads(blas);
    Nd4j.getEnvironment().setMaxMasterThreads(loops);
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(openMp);
  }

  @Override
  public String toString() {
    return blas == loops && loops == openMp
        ? "%d thread%s".formatted(blas, blas == 1 ? "" : "s")
        : "%d BLAS, %d loop and %d OpenMP threads".formatted(blas, loops, openMp);
  }
}
