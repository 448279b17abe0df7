package io.github.dae4j.benchmarks;

import io.github.dae4j.cli.backend.Backends;
import io.github.dae4j.internal.compute.ParallelLoop;
import io.github.dae4j.internal.compute.Product;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The machine's limit: products of matrices 2048 x 2048 in FLOAT, on one thread and on two, by
 * ND4J's BLAS and by ours.
 */
public final class PeakProducts {

  private static final int SIZE = 2048;
  private static final int PRODUCTS = 10;
  private static final int MOST_THREADS = 2;

  private PeakProducts() {}

  @SuppressWarnings("try")
  public static void main(String[] args) {
    for (int threads = 1; threads <= MOST_THREADS; threads++) {
      Backends.useThreads(threads);
      Measured.print("gflops.nd4j.threads." + threads, best('f', INDArray::mmuli));
      try (ParallelLoop team = ParallelLoop.of(threads)) {
        Measured.print("gflops.ours.threads." + threads, best('c', Product::of));
      }
    }
  }

  private interface Multiplication {
    void of(INDArray a, INDArray b, INDArray c);
  }

  /** Of several products, for whatever else the machine does only adds to their time. */
  private static double best(char order, Multiplication multiplication) {
    INDArray a = Nd4j.rand(DataType.FLOAT, SIZE, SIZE);
    INDArray b = Nd4j.rand(DataType.FLOAT, SIZE, SIZE);
    INDArray c = Nd4j.createUninitialized(DataType.FLOAT, new long[] {SIZE, SIZE}, order);
    double best = 0;
    for (int i = 0; i < PRODUCTS; i++) {
      long start = System.nanoTime();
      multiplication.of(a, b, c);
      best = Math.max(best, 2.0 * SIZE * SIZE * SIZE / (System.nanoTime() - start));
    }
    return best;
  }
}
