package io.github.dae4j.spark;

import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * The measurements of docs/spark.md, as a program: arguments are a master
 * ("local-cluster[2,1,2048]") and what to measure, {@code rounds} or {@code scoring}.
 */
final class Measurements {

  private static final int WIDTH = 784;

  private Measurements() {}

  public static void main(String[] arguments) {
    try (JavaSparkContext spark = Clusters.driver(arguments[0])) {
      if (arguments[1].equals("rounds")) {
        rounds(spark, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
      } else {
        scoring(SparkSession.builder().getOrCreate(), Integer.parseInt(arguments[2]));
      }
    }
  }

  private static float[][] rows(int n) {
    Random random = new Random(1);
    float[][] rows = new float[n][WIDTH];
    for (float[] row : rows) {
      for (int i = 0; i < WIDTH; i++) {
        row[i] = random.nextInt(5) == 0 ? random.nextFloat() : 0;
      }
    }
    return rows;
  }

  /** Rounds of P workers on a layer: how long each takes, and what of it is not computation. */
  private static void rounds(JavaSparkContext spark, int workers, int units) {
    int steps = 500;
    Rounds rounds = new Rounds(workers, 1, 10, 0);
    StackedDenoisingAutoEncoder stack =
        StackedDenoisingAutoEncoder.builder(WIDTH, units)
            .corruption(new MaskingCorruption(0.3))
            .updater(new Sgd(0.1))
            .dataType(DataType.FLOAT)
            .seed(1)
            .build();
    float[][] rows = rows(workers * rounds.minibatch() * steps);
    JavaRDD<float[]> input = spark.parallelize(Arrays.asList(rows), workers);
    List<Double> times = new ArrayList<>();
    try (SparkWorkers cluster =
        new SparkWorkers(
            spark,
            Slice.of(input, rounds.slices(), 1),
            null,
            StorageLevel.MEMORY_AND_DISK(),
            Long.MAX_VALUE)) {
      Workers timed = new Timed(cluster, times);
      new StackTraining(
              stack,
              new StackTraining.Plan(rounds, new int[] {20}, null, 0, 0, 1),
              timed,
              new RoundTraining(timed, null, new RoundTraining.Observer() {}))
          .run();
    }
    double median = median(times.subList(5, times.size()));
    System.out.printf(
        Locale.ROOT,
        "%d workers, 784-%d: median round %.3f s, %.0f examples/s%n",
        workers,
        units,
        median,
        rows.length / median);
    LocalWorkers alone = new LocalWorkers(Slice.of(rows, rounds.slices(), 1), new Slice[0]);
    List<Double> computed = new ArrayList<>();
    Workers one = new Timed(alone, computed);
    new StackTraining(
            stack,
            new StackTraining.Plan(rounds, new int[] {10}, null, 0, 0, 1),
            one,
            new RoundTraining(one, null, new RoundTraining.Observer() {}))
        .run();
    System.out.printf(
        Locale.ROOT,
        "computation of a worker in a loop: median %.3f s; bytes to the driver %d%n",
        median(computed.subList(3, computed.size())) / workers,
        workers * 4L * stack.network().numParams());
  }

  /** Writes down how long rounds take. */
  private record Timed(Workers workers, List<Double> seconds) implements Workers {

    @Override
    public Averages round(Work work, Work.Moment moment, float[] start, float[] updater) {
      long before = System.nanoTime();
      Averages mean = workers.round(work, moment, start, updater);
      seconds.add((System.nanoTime() - before) / 1e9);
      return mean;
    }

    @Override
    public double error(Work work, float[] weights) {
      return Double.NaN;
    }

    @Override
    public void advance(LayerWork below, float[] weights) {
      workers.advance(below, weights);
    }

    @Override
    public void rewind() {
      workers.rewind();
    }
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  /** Error and code of rows by a Dataset, and by a loop in one thread. */
  private static void scoring(SparkSession spark, int n) {
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
    List<Double> ratios = new ArrayList<>();
    for (int repeat = 0; repeat < 7; repeat++) {
      long before = System.nanoTime();
      model.transform(dataset).write().format("noop").mode("overwrite").save();
      double onSpark = (System.nanoTime() - before) / 1e9;
      before = System.nanoTime();
      for (int from = 0; from < n; from += 256) {
        INDArray x = Nd4j.createFromArray(Arrays.copyOfRange(cells, from, Math.min(n, from + 256)));
        stack.encode(x).toFloatMatrix();
        stack.reconstructionError(x).toDoubleVector();
      }
      double inLoop = (System.nanoTime() - before) / 1e9;
      ratios.add(onSpark / inLoop);
      System.out.printf(Locale.ROOT, "Dataset %.2f s, loop %.2f s%n", onSpark, inLoop);
    }
    System.out.printf(Locale.ROOT, "median ratio %.2f%n", median(ratios));
  }
}
