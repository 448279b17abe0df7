package io.github.dae4j.internal.compute;

import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * While it is open, ND4J's operations run on the thread that opened it alone. On the CPU backend
 * they else enter OpenMP's regions, whose threads spin for milliseconds after microseconds of work.
 *
 * <p>OpenMP keeps the number for each thread: no other thread is touched, and on closing it is as
 * it was. Other backends have no such threads.
 */
public final class OneThread implements AutoCloseable {

  private static final OneThread AS_IT_IS = new OneThread(1);

  private final int before;

  private OneThread(int before) {
    this.before = before;
  }

  /** For the calling thread, which closes it; one within another changes nothing. */
  public static OneThread open() {
    int before = HostMemory.isReachable() ? natively().ompGetMaxThreads() : 1;
    if (before <= 1) {
      return AS_IT_IS;
    }
    natively().setOmpNumThreads(1);
    return new OneThread(before);
  }

  @Override
  public void close() {
    if (before > 1) {
      natively().setOmpNumThreads(before);
    }
  }

  private static NativeOps natively() {
    return NativeOpsHolder.getInstance().getDeviceNativeOps();
  }
}
