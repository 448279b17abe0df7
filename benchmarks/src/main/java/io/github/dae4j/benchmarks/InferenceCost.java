package io.github.dae4j.benchmarks;

import io.github.dae4j.cli.console.CommandRunner;
import io.github.dae4j.cli.console.OptionException;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.anomaly.AnomalyDetector;
import io.github.dae4j.stacked.anomaly.DetectorPlan;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What a stack 30-10 costs at use, at default settings, beside the targets: processor time of the
 * calling thread for one row, time for 20,000 rows, and how many more rows two threads score than
 * one, which is measured in turn, beside what the machine gives to two threads that share nothing.
 */
@Command(
    name = "inference-cost",
    description = "Times a stack 30-10 at use, beside the targets.",
    showDefaultValues = true,
    sortOptions = false)
public final class InferenceCost implements Callable<Integer> {

  private static final int COLUMNS = 30;
  private static final double ROW_MICROSECONDS = 100;
  private static final double ROWS_MILLISECONDS = 75;
  private static final double TWO_THREADS = 1.8;
  private static final String MACHINE = "logarithms";

  @Option(names = "--rows", defaultValue = "20000", description = "Rows of the large calls.")
  private int rows;

  @Option(names = "--calls", defaultValue = "5000", description = "Calls for one row.")
  private int calls;

  @Option(
      names = "--rounds",
      defaultValue = "7",
      description = "Measurements whose median is printed.")
  private int rounds;

  public static void main(String[] args) {
    System.exit(CommandRunner.execute(new CommandLine(new InferenceCost()), args));
  }

  @Override
  public Integer call() {
    OptionException.require("--rows", ">= 8", rows >= 8, rows);
    OptionException.require("--calls", ">= 1", calls >= 1, calls);
    OptionException.require("--rounds", ">= 1", rounds >= 1, rounds);
    StackedDenoisingAutoEncoder stack = StackedDenoisingAutoEncoder.builder(COLUMNS, 10).build();
    INDArray many = Nd4j.rand(DataType.FLOAT, rows, COLUMNS);
    INDArray one = Nd4j.rand(DataType.FLOAT, 1, COLUMNS);
    AnomalyDetector detector = AnomalyDetector.fit(stack, many, DetectorPlan.ofQuantile(0.99));
    uses(stack, detector, one).forEach(this::ofOneRow);
    Map<String, Runnable> ofMany = uses(stack, detector, many);
    ofMany.forEach(this::ofManyRows);
    Map<String, Runnable> ofTwo = new LinkedHashMap<>();
    ofTwo.put("score", ofMany.get("score"));
    ofTwo.put("error", ofMany.get("error"));
    ofTwo.put(MACHINE, () -> logarithms(many.length()));
    twoThreads(ofTwo);
    return 0;
  }

  private static Map<String, Runnable> uses(
      StackedDenoisingAutoEncoder stack, AnomalyDetector detector, INDArray x) {
    Map<String, Runnable> uses = new LinkedHashMap<>();
    uses.put("encode", () -> stack.encode(x));
    uses.put("reconstruct", () -> stack.reconstruct(x));
    uses.put("error", () -> stack.reconstructionError(x));
    uses.put("score", () -> detector.score(x));
    return uses;
  }

  private void ofOneRow(String name, Runnable use) {
    repeat(calls, use);
    double[] microseconds =
        IntStream.range(0, rounds)
            .mapToDouble(round -> threadTime(() -> repeat(calls / rounds + 1, use)))
            .map(nanos -> nanos / 1e3 / (calls / rounds + 1))
            .toArray();
    atMost("row." + name + ".thread.cpu.us", median(microseconds), ROW_MICROSECONDS);
  }

  private void ofManyRows(String name, Runnable use) {
    repeat(rounds, use);
    double[] seconds = IntStream.range(0, rounds).mapToDouble(round -> seconds(use)).toArray();
    double[] nanos = IntStream.range(0, rounds).mapToDouble(round -> threadTime(use)).toArray();
    atMost("rows." + name + ".median.ms", median(seconds) * 1e3, ROWS_MILLISECONDS);
    Measured.print("rows." + name + ".thread.cpu.ms", median(nanos) / 1e6);
  }

  /** What the machine gives: logarithms, as the loss has them, of numbers that each thread has. */
  private static void logarithms(long cells) {
    double[] numbers = new double[1024];
    for (long i = 0; i < cells; i++) {
      int place = (int) (i % numbers.length);
      numbers[place] = Math.log(1 + Math.exp(-numbers[place]));
    }
    if (numbers[0] < 0) {
      throw new IllegalStateException("no logarithm of these is negative");
    }
  }

  /** How many times the rows of one thread two get through, use after use in each round. */
  private void twoThreads(Map<String, Runnable> uses) {
    Map<String, double[]> ratios = new LinkedHashMap<>();
    Map<String, double[]> costs = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<String, Runnable> use : uses.entrySet()) {
        double[] cost = new double[3];
        Runnable work = () -> repeat(rounds, use.getValue());
        double one = seconds(() -> cost[2] = threadTime(work));
        double two = seconds(() -> onTwo(thread -> cost[thread] = threadTime(work)));
        ratios.computeIfAbsent(use.getKey(), name -> new double[rounds])[round] = 2 * one / two;
        costs.computeIfAbsent(use.getKey(), name -> new double[rounds])[round] =
            (cost[0] + cost[1]) / 2 / cost[2];
      }
    }
    for (String name : uses.keySet()) {
      double ratio = median(ratios.get(name));
      String key = "two.threads.%s.times.the.rows".formatted(name);
      Measured.print(key, ratio);
      if (!name.equals(MACHINE)) {
        target(key, ">=", TWO_THREADS, ratio >= TWO_THREADS);
      }
      Measured.print("two.threads.%s.cpu.of.a.row.times".formatted(name), median(costs.get(name)));
    }
  }

  private static void atMost(String key, double value, double most) {
    Measured.print(key, value);
    target(key, "<=", most, value <= most);
  }

  private static void target(String key, String comparison, double target, boolean isMet) {
    Measured.print(
        key + ".target", "%s %s, %s".formatted(comparison, target, isMet ? "met" : "missed"));
  }

  private static void onTwo(IntConsumer work) {
    CountDownLatch done = new CountDownLatch(2);
    for (int i = 0; i < 2; i++) {
      int thread = i;
      new Thread(
              () -> {
                try {
                  work.accept(thread);
                } finally {
                  done.countDown();
                }
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

  private static double threadTime(Runnable call) {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    call.run();
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
  }

  private static void repeat(int times, Runnable call) {
    for (int i = 0; i < times; i++) {
      call.run();
    }
  }

  private static double median(double[] numbers) {
    double[] sorted = Arrays.stream(numbers).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
