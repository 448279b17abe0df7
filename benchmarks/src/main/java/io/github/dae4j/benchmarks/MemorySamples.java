package io.github.dae4j.benchmarks;

import com.sun.management.ThreadMXBean;
import io.github.dae4j.listener.ScoreListener;
import java.lang.management.ManagementFactory;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Prints, at each interval of steps, what is in the heap after a collection, what JavaCPP holds
 * beside it and what is resident, and what the steps since then have allocated: bytes in the heap
 * and native objects (buffers, views and contexts of ND4J), in the mean of a step.
 */
final class MemorySamples extends BaseTrainingListener implements ScoreListener {

  private static final double MEBIBYTE = 1 << 20;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final int interval;
  private int steps;
  private long allocated;
  private long objects;

  MemorySamples(int interval) {
    this.interval = interval;
    begin();
  }

  int steps() {
    return steps;
  }

  @Override
  public void iterationDone(Model model, int iteration, int epoch) {
    steps++;
    if (steps % interval == 0) {
      long allocatedNow = allocatedBytes();
      long objectsNow = nativeObjects();
      String key = "steps.%d.".formatted(steps);
      Measured.print(key + "heap.bytes.per.step", (allocatedNow - allocated) / (double) interval);
      Measured.print(key + "native.objects.per.step", (objectsNow - objects) / (double) interval);
      System.gc();
      Measured.print(key + "heap.mib", heapBytes() / MEBIBYTE);
      Measured.print(key + "javacpp.mib", Pointer.totalBytes() / MEBIBYTE);
      Measured.print(key + "rss.mib", Pointer.physicalBytes() / MEBIBYTE);
      begin();
    }
  }

  private void begin() {
    allocated = allocatedBytes();
    objects = nativeObjects();
  }

  private long allocatedBytes() {
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  /** All that were made so far: ND4J numbers them in order to free them. */
  private static long nativeObjects() {
    return Nd4j.getDeallocatorService().nextValue();
  }

  private static long heapBytes() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
