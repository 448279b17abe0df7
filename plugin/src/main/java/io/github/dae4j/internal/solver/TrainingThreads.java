package io.github.dae4j.internal.solver;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Round a loop of steps: the threads that BLAS and ND4J have in a step are theirs until it is
 * closed, and those from before again. To set OpenBLAS's takes as long as a step on a small
 * minibatch, so that steps that are alone cost twice as much.
 *
 * <p>It belongs to the thread that opened it. One in another does nothing.
 */
public final class TrainingThreads implements AutoCloseable {

  private static final ThreadLocal<TrainingThreads> PRESENT = new ThreadLocal<>();

  private final boolean isOuter;
  private final Count before = Count.present();
  private Count now = before;

  private TrainingThreads(boolean isOuter) {
    this.isOuter = isOuter;
  }

  /** Opens it; nothing changes before the first step. */
  public static TrainingThreads open() {
    if (PRESENT.get() != null) {
      return new TrainingThreads(false);
    }
    TrainingThreads opened = new TrainingThreads(true);
    PRESENT.set(opened);
    return opened;
  }

  /** How many threads BLAS had before. */
  static int before() {
    return PRESENT.get().before.products;
  }

  /** From now on one thread for BLAS and for ND4J, or as many as before. */
  static void use(boolean one) {
    TrainingThreads present = PRESENT.get();
    Count wanted = one ? Count.ONE : present.before;
    wanted.inPlaceOf(present.now);
    present.now = wanted;
  }

  @Override
  public void close() {
    if (isOuter) {
      PRESENT.remove();
      before.inPlaceOf(now);
    }
  }

  /**
   * The threads of products, of ND4J's loops and of OpenMP's regions in its operations, the last a
   * setting of the calling thread; on other backends than the CPU one, and it stays.
   */
  private record Count(int products, int loops, int regions) {

    static final Count ONE = new Count(1, 1, 1);

    static Count present() {
      return Nd4j.getEnvironment().isCPU()
          ? new Count(
              Nd4j.factory().blas().getMaxThreads(),
              Nd4j.getEnvironment().maxMasterThreads(),
              natively().ompGetMaxThreads())
          : ONE;
    }

    void inPlaceOf(Count other) {
      if (products != other.products) {
        Nd4j.factory().blas().setMaxThreads(products);
      }
      if (loops != other.loops) {
        Nd4j.getEnvironment().setMaxMasterThreads(loops);
      }
      if (regions != other.regions) {
        natively().setOmpNumThreads(regions);
      }
    }

    private static NativeOps natively() {
      return NativeOpsHolder.getInstance().getDeviceNativeOps();
    }
  }
}
