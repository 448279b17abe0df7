package io.github.dae4j.spark;

import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/** A small training that all kinds of clusters run. */
record Trial(int workers, float[][] rows, float[][] held, IUpdater updater) {

  static final int WIDTH = 12;
  private static final long SEED = 7;

  static Trial of(int workers) {
    return new Trial(workers, rows(600, 1), rows(60, 2), new Sgd(0.1));
  }

  Trial with(IUpdater updater) {
    return new Trial(workers, rows, held, updater);
  }

  /** Rows in [0, 1] with something to learn: a few prototypes, blurred. */
  static float[][] rows(int n, long seed) {
    Random random = new Random(seed);
    float[][] rows = new float[n][WIDTH];
    for (float[] row : rows) {
      int prototype = random.nextInt(4);
      for (int i = 0; i < WIDTH; i++) {
        row[i] = (i % 4 == prototype ? 0.8f : 0.1f) + 0.1f * random.nextFloat();
      }
    }
    return rows;
  }

  private StackTraining.Plan plan() {
    return new StackTraining.Plan(
        Rounds.of(workers, 20, rows.length, 4 * WIDTH, 3, Double.NaN),
        new int[] {2, 2},
        null,
        0,
        0,
        SEED);
  }

  private StackedDenoisingAutoEncoder stack() {
    return StackedDenoisingAutoEncoder.builder(WIDTH, 8, 4)
        .corruption(new MaskingCorruption(0.3))
        .updater(updater)
        .dataType(DataType.FLOAT)
        .seed(3)
        .build();
  }

  /** All weights after training in a loop of one thread. */
  float[] alone() {
    StackTraining.Plan plan = plan();
    return train(
        plan,
        new LocalWorkers(
            Slice.of(rows, plan.rounds().slices(), SEED), Slice.of(held, workers, SEED)),
        null);
  }

  /** The same on a cluster. */
  float[] on(JavaSparkContext spark, int splits, long mostCollected, Checkpoints checkpoints) {
    return on(spark, splits, mostCollected, checkpoints, workers -> workers);
  }

  /** The same on a cluster to which something happens. */
  float[] on(
      JavaSparkContext spark,
      int splits,
      long mostCollected,
      Checkpoints checkpoints,
      UnaryOperator<Workers> happening) {
    StackTraining.Plan plan = plan();
    JavaRDD<float[]> input = spark.parallelize(Arrays.asList(rows), splits);
    JavaRDD<float[]> validation = spark.parallelize(List.of(held), 2);
    try (SparkWorkers cluster =
        new SparkWorkers(
            spark,
            Slice.of(input, plan.rounds().slices(), SEED),
            Slice.of(validation, workers, SEED),
            StorageLevel.MEMORY_AND_DISK(),
            mostCollected)) {
      return train(plan, happening.apply(cluster), checkpoints);
    }
  }

  private float[] train(StackTraining.Plan plan, Workers workers, Checkpoints checkpoints) {
    StackedDenoisingAutoEncoder stack = stack();
    new StackTraining(
            stack,
            plan,
            workers,
            new RoundTraining(workers, checkpoints, new RoundTraining.Observer() {}))
        .run();
    return stack.network().params().toFloatVector();
  }
}
