package io.github.dae4j.spark;

import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.CollectionAccumulator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * The measurements of docs/spark.md, as a program: arguments are a master
 * ("local-cluster[2,1,2048]") and what to measure: {@code rounds WORKERS UNITS}, {@code scoring
 * ROWS}, {@code large GIGABYTES}, {@code memory ROWS}. Executors have 1 GB of heap.
 */
final class Measurements {

  private static final int WIDTH = 784;

  private Measurements() {}

  public static void main(String[] arguments) throws TimeoutException {
    try (JavaSparkContext spark =
        new JavaSparkContext(Clusters.conf(arguments[0]).set("spark.executor.memory", "1g"))) {
      SparkSession session = SparkSession.builder().getOrCreate();
      switch (arguments[1]) {
        case "rounds" ->
            rounds(spark, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
        case "scoring" -> scoring(session, Integer.parseInt(arguments[2]));
        case "large" -> MemoryMeasurements.large(session, Double.parseDouble(arguments[2]));
        case "memory" -> MemoryMeasurements.memory(session, Long.parseLong(arguments[2]));
        default -> throw new IllegalArgumentException("unknown measurement " + arguments[1]);
      }
    }
  }

  private static float[][] rows(int n) {
    return IntStream.range(0, n).mapToObj(i -> row(i, WIDTH)).toArray(float[][]::new);
  }

  /** A fifth of the cells of a row are numbers in (0, 1), the others 0. */
  private static float[] row(long seed, int width) {
    Random random = new Random(seed);
    float[] row = new float[width];
    for (int i = 0; i < width; i++) {
      row[i] = random.nextInt(5) == 0 ? random.nextFloat() : 0;
    }
    return row;
  }

  /**
   * Rounds of P workers, of one worker, and the loop of one worker without Spark, in turns: what a
   * round takes beside the computation of its slowest worker, and what P bring.
   */
  private static void rounds(JavaSparkContext spark, int workers, int units) {
    StackedDenoisingAutoEncoder stack =
        StackedDenoisingAutoEncoder.builder(WIDTH, units)
            .corruption(new MaskingCorruption(0.3))
            .updater(new Sgd(0.1))
            .dataType(DataType.FLOAT)
            .seed(1)
            .build();
    float[] weights = stack.network().params().toFloatVector();
    String layer = stack.network().getLayerWiseConfigurations().toJson();
    CollectionAccumulator<Long> nanos = spark.sc().collectionAccumulator("computation");
    List<double[]> turns = new ArrayList<>();
    try (SparkWorkers many = cluster(spark, workers);
        SparkWorkers single = cluster(spark, 1)) {
      LocalWorkers loop = new LocalWorkers(Slice.of(rows(5_000), 1, 1), new Slice[0]);
      for (int turn = 0; turn < 80; turn++) {
        double[] seconds = new double[5];
        Work.Moment moment = new Work.Moment(0, 0, 0);
        for (int which = 0; which < 3; which++) {
          Rounds rounds = new Rounds(which == 0 ? workers : 1, 1, 10, 0);
          Work work = new TimedWork(new LayerWork(layer, 0, WIDTH, rounds, 1), nanos);
          Workers those = List.of(many, single, loop).get(which);
          nanos.reset();
          long before = System.nanoTime();
          those.round(work, moment, weights, new float[0]);
          seconds[which] = (System.nanoTime() - before) / 1e9;
          if (which < 2) {
            seconds[which + 3] =
                nanos.value().stream().mapToLong(Long::longValue).max().orElseThrow() / 1e9;
          }
        }
        turns.add(seconds);
      }
    }
    report(turns.subList(5, 20), "rounds 6 to 20", workers);
    report(turns.subList(40, 80), "rounds 41 to 80", workers);
    System.out.printf("bytes of weights to the driver %d%n", workers * 4L * weights.length);
  }

  private static void report(List<double[]> turns, String which, int workers) {
    System.out.printf(
        Locale.ROOT,
        "%s, medians (minima): %d workers %.3f (%.3f) s, computation %.3f s, overhead %.3f (%.3f)"
            + " s; one worker %.3f (%.3f) s, overhead %.3f (%.3f) s; loop %.3f (%.3f) s; %d workers"
            + " against one x %.2f (minima x %.2f)%n",
        which,
        workers,
        quantile(turns, 0.5, s -> s[0]),
        quantile(turns, 0, s -> s[0]),
        quantile(turns, 0.5, s -> s[3]),
        quantile(turns, 0.5, s -> s[0] - s[3]),
        quantile(turns, 0, s -> s[0] - s[3]),
        quantile(turns, 0.5, s -> s[1]),
        quantile(turns, 0, s -> s[1]),
        quantile(turns, 0.5, s -> s[1] - s[4]),
        quantile(turns, 0, s -> s[1] - s[4]),
        quantile(turns, 0.5, s -> s[2]),
        quantile(turns, 0, s -> s[2]),
        workers,
        workers * quantile(turns, 0.5, s -> s[1] / s[0]),
        workers * quantile(turns, 0, s -> s[1]) / quantile(turns, 0, s -> s[0]));
  }

  private static double quantile(
      List<double[]> turns, double share, ToDoubleFunction<double[]> value) {
    double[] sorted = turns.stream().mapToDouble(value).sorted().toArray();
    return sorted[(int) (share * sorted.length)];
  }

  private static SparkWorkers cluster(JavaSparkContext spark, int workers) {
    JavaRDD<float[]> rows =
        JavaRDD.fromRDD(
                spark.sc().range(0, 5_000L * workers, 1, workers),
                scala.reflect.ClassTag$.MODULE$.apply(Object.class))
            .map(i -> row((long) i, WIDTH));
    return new SparkWorkers(
        spark, Slice.of(rows, workers, 1), null, StorageLevel.MEMORY_AND_DISK(), Long.MAX_VALUE);
  }

  /** Work that tells how long its computation takes. */
  private static final class TimedWork extends Work {

    private static final long serialVersionUID = 1L;

    private final Work work;
    private final CollectionAccumulator<Long> nanos;

    TimedWork(Work work, CollectionAccumulator<Long> nanos) {
      super("", 0, work.rounds(), 1);
      this.work = work;
      this.nanos = nanos;
    }

    @Override
    Share train(
        int worker,
        Slice slice,
        int[] order,
        float[] start,
        float[] updater,
        Moment moment,
        long corruption) {
      long before = System.nanoTime();
      Share share = work.train(worker, slice, order, start, updater, moment, corruption);
      nanos.add(System.nanoTime() - before);
      return share;
    }

    @Override
    double error(Slice slice, float[] weights, long corruption) {
      return Double.NaN;
    }
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  /** Error and code of rows by a Dataset, and by a loop: the CPU time of their threads. */
  private static void scoring(SparkSession spark, int n) throws TimeoutException {
    StackedDenoisingAutoEncoder stack =
        StackedDenoisingAutoEncoder.builder(WIDTH, 500).dataType(DataType.FLOAT).seed(1).build();
    List<Row> rows = new ArrayList<>();
    float[][] cells = rows(n);
    for (float[] row : cells) {
      double[] values = new double[WIDTH];
      for (int i = 0; i < WIDTH; i++) {
        values[i] = row[i];
      }
      rows.add(RowFactory.create(Vectors.dense(values)));
    }
    Dataset<Row> dataset =
        spark
            .createDataFrame(rows, new StructType().add("features", SQLDataTypes.VectorType()))
            .repartition(1)
            .persist();
    dataset.count();
    StackedDenoisingAutoEncoderModel model =
        StackedDenoisingAutoEncoderModel.of(stack).setErrorCol("error");
    AtomicLong nanos = new AtomicLong(); // of CPU, of tasks
    spark
        .sparkContext()
        .addSparkListener(
            new SparkListener() {
              @Override
              public void onTaskEnd(SparkListenerTaskEnd end) {
                nanos.addAndGet(end.taskMetrics().executorCpuTime());
              }
            });
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    List<Double> ratios = new ArrayList<>();
    for (int repeat = 0; repeat < 9; repeat++) {
      nanos.set(0);
      model.transform(dataset).write().format("noop").mode("overwrite").save();
      spark.sparkContext().listenerBus().waitUntilEmpty();
      double onSpark = nanos.get() / 1e3 / n;
      long before = threads.getCurrentThreadCpuTime();
      for (int from = 0; from < n; from += 256) {
        INDArray x = Nd4j.createFromArray(Arrays.copyOfRange(cells, from, Math.min(n, from + 256)));
        Slice.rows(stack.encode(x)); // toFloatMatrix takes as long as all else
        stack.reconstructionError(x).toDoubleVector();
      }
      double inLoop = (threads.getCurrentThreadCpuTime() - before) / 1e3 / n;
      ratios.add(onSpark / inLoop);
      System.out.printf(
          Locale.ROOT, "Dataset %.1f us, loop %.1f us of CPU a row%n", onSpark, inLoop);
    }
    System.out.printf(
        Locale.ROOT, "median ratio after the second %.2f%n", median(ratios.subList(2, 9)));
  }
}
