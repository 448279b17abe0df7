package io.github.dae4j.benchmarks;

import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.anomaly.AnomalyDetector;
import io.github.dae4j.stacked.anomaly.DetectorPlan;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a trained stack 30-10 costs at use, at default settings: processor time of the calling
 * thread and of the process for one row, time for 20,000 rows, and how many more rows two threads
 * score than one, which is measured in turn.
 */
public final class InferenceCost {

  private static final int COLUMNS = 30;
  private static final int ROWS = 20_000;
  private static final int CALLS = 5_000;
  private static final int ROUNDS = 7;

  private InferenceCost() {}

  public static void main(String[] args) {
    StackedDenoisingAutoEncoder stack = StackedDenoisingAutoEncoder.builder(COLUMNS, 10).build();
    INDArray rows = Nd4j.rand(DataType.FLOAT, ROWS, COLUMNS);
    INDArray row = Nd4j.rand(DataType.FLOAT, 1, COLUMNS);
    AnomalyDetector detector = AnomalyDetector.fit(stack, rows, DetectorPlan.ofQuantile(0.99));
    row("encode", () -> stack.encode(row));
    row("reconstruct", () -> stack.reconstruct(row));
    row("error", () -> stack.reconstructionError(row));
    row("score", () -> detector.score(row));
    all("encode", () -> stack.encode(rows));
    all("reconstruct", () -> stack.reconstruct(rows));
    all("error", () -> stack.reconstructionError(rows));
    all("score", () -> detector.score(rows));
    threads(() -> detector.score(rows));
  }

  private static void row(String name, Runnable call) {
    repeat(CALLS, call);
    long thread = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    long process = processTime();
    repeat(CALLS, call);
    process = processTime() - process;
    thread = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - thread;
    Measured.print("row." + name + ".thread.cpu.us", thread / 1e3 / CALLS);
    Measured.print("row." + name + ".process.cpu.us", process / 1e3 / CALLS);
  }

  private static void all(String name, Runnable call) {
    repeat(ROUNDS, call);
    double[] seconds = IntStream.range(0, ROUNDS).mapToDouble(round -> seconds(call)).toArray();
    long thread = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    repeat(ROUNDS, call);
    thread = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - thread;
    Measured.print("rows." + name + ".median.ms", median(seconds) * 1e3);
    Measured.print("rows." + name + ".thread.cpu.ms", thread / 1e6 / ROUNDS);
  }

  private static void threads(Runnable call) {
    double[] ratios = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      double one = seconds(() -> repeat(ROUNDS, call));
      ratios[round] = 2 * one / seconds(() -> onTwo(() -> repeat(ROUNDS, call)));
    }
    Measured.print("two.threads.times.the.rows", median(ratios));
  }

  private static void onTwo(Runnable work) {
    CountDownLatch done = new CountDownLatch(2);
    for (int i = 0; i < 2; i++) {
      new Thread(
              () -> {
                work.run();
                done.countDown();
              })
          .start();
    }
    try {
      done.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double seconds(Runnable call) {
    long start = System.nanoTime();
    call.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static void repeat(int times, Runnable call) {
    for (int i = 0; i < times; i++) {
      call.run();
    }
  }

  private static double median(double[] numbers) {
    List<Double> sorted = Arrays.stream(numbers).sorted().boxed().toList();
    return sorted.get(sorted.size() / 2);
  }

  private static long processTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }
}
