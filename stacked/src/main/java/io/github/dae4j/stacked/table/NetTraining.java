package io.github.dae4j.stacked.table;

import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.internal.compute.HostMemory;
import io.github.dae4j.layer.DenoisingAutoEncoderLayer;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * Trains a denoising autoencoder on the rows of a table for so many minibatches: each column of a
 * row is swapped for another row's with some probability, and the clean row is to be told from
 * that.
 */
final class NetTraining {

  /**
   * How a network is trained.
   *
   * @param hidden units
   * @param batch rows of a minibatch
   * @param updates minibatches in all
   * @param corruption what happens to the cells of a row
   * @param trimmed the share of rows, those with the largest errors, that are left out at times
   */
  record Plan(int hidden, int batch, int updates, Corruption corruption, double trimmed) {

    /** How long it takes, in the unit of all networks of the same features. */
    double work() {
      return (double) hidden * batch * updates;
    }
  }

  private static final double[] TRIMMED_AT = {0.1, 0.2, 0.4, 0.6, 0.8};
  private static final int RATES = 50;

  private final float[][] x;
  private final boolean[][] known;
  private final FeatureLayout layout;
  private final Plan plan;
  private final SplittableRandom random;
  private final StackedDenoisingAutoEncoder stack;
  private int[] kept;

  /**
   * Prepares a training.
   *
   * @param x [n][features] without NaN
   * @param known whether the cell of a row and a column is; null if all are
   */
  NetTraining(float[][] x, boolean[][] known, TableSchema schema, Plan plan, long seed) {
    this.x = x;
    this.known = known;
    this.plan = plan;
    layout = FeatureLayout.of(schema.columns());
    random = new SplittableRandom(seed);
    kept = IntStream.range(0, x.length).toArray();
    stack =
        StackedDenoisingAutoEncoder.builder(layout.features(), plan.hidden())
            .activation(Activation.RELU)
            .tiedWeights(false)
            .visible(Activation.IDENTITY, schema.loss())
            .missingAllowed(true)
            .corruption(plan.corruption())
            .updater(new Adam(cosine(TableDefaults.RATE, plan.updates())))
            .dataType(DataType.FLOAT)
            .seed(seed)
            .build();
    ((DenoisingAutoEncoderLayer) stack.network().getLayer(0))
        .setRandom(Nd4j.getRandomFactory().getNewRandomInstance(seed + 1));
  }

  /** A rate that falls to 0 along a cosine, in steps. */
  static ISchedule cosine(double rate, int updates) {
    Map<Integer, Double> rates = new LinkedHashMap<>();
    int steps = Math.min(RATES, updates);
    for (int step = 0; step < steps; step++) {
      double middle = (step + 0.5) / steps;
      rates.put(
          (int) ((long) step * updates / steps), rate * 0.5 * (1 + Math.cos(Math.PI * middle)));
    }
    return new MapSchedule(ScheduleType.ITERATION, rates);
  }

  /**
   * Trains and returns the stack of one layer.
   *
   * @param listener of its minibatches; null for none
   */
  StackedDenoisingAutoEncoder train(TrainingListener listener) {
    if (listener != null) {
      stack.network().setListeners(listener);
    }
    int from = 0;
    for (double part : plan.trimmed() > 0 ? TRIMMED_AT : new double[0]) {
      int to = (int) (part * plan.updates());
      pretrain(to - from);
      trim();
      from = to;
    }
    pretrain(plan.updates() - from);
    stack.network().setListeners();
    return stack;
  }

  private void pretrain(int updates) {
    if (updates > 0) {
      int batch =
          (int) Math.max(1, Math.min(plan.batch(), Math.round((1 - plan.trimmed()) * x.length)));
      stack
          .network()
          .pretrainLayer(
              0, new RowMinibatches(kept, batch, updates, random.nextLong(), this::minibatch), 1);
    }
  }

  private DataSet minibatch(int[] rows) {
    int width = layout.features();
    float[] features = new float[rows.length * width];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(x[rows[i]], 0, features, i * width, width);
    }
    DataSet minibatch = new DataSet(HostMemory.of(features, rows.length, width), null);
    if (known != null && Arrays.stream(rows).anyMatch(row -> hasHoles(known[row]))) {
      minibatch.setFeaturesMaskArray(HostMemory.of(masks(rows), rows.length, width));
    }
    return minibatch;
  }

  private static boolean hasHoles(boolean[] known) {
    for (boolean cell : known) {
      if (!cell) {
        return true;
      }
    }
    return false;
  }

  private float[] masks(int[] rows) {
    int width = layout.features();
    float[] masks = new float[rows.length * width];
    for (int i = 0; i < rows.length; i++) {
      for (int column = 0; column < layout.columns(); column++) {
        if (known[rows[i]][column]) {
          int from = i * width + layout.from()[column];
          Arrays.fill(masks, from, from + layout.from()[column + 1] - layout.from()[column], 1);
        }
      }
    }
    return masks;
  }

  static float[][] select(float[][] rows, int[] indices) {
    return Arrays.stream(indices).mapToObj(row -> rows[row]).toArray(float[][]::new);
  }

  /** Leaves the rows with the largest errors out, until the next time. */
  private void trim() {
    DenoisingNet net = DenoisingNet.of(stack);
    float[][] errors = new float[x.length][];
    IntStream.range(0, x.length).parallel().forEach(row -> errors[row] = errors(net, row));
    double[] means = new double[layout.columns()];
    for (int column = 0; column < means.length; column++) {
      int count = known(column);
      for (float[] row : errors) {
        means[column] += row[column] / Math.max(1, count);
      }
    }
    double[] rough = new double[x.length];
    for (int row = 0; row < x.length; row++) {
      for (int column = 0; column < means.length; column++) {
        rough[row] += errors[row][column] / (means[column] + 1e-6);
      }
    }
    kept =
        IntStream.range(0, x.length)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> rough[row]))
            .limit(Math.max(1, Math.round((1 - plan.trimmed()) * x.length)))
            .mapToInt(Integer::intValue)
            .sorted()
            .toArray();
  }

  /** The rows that know a column. */
  private int known(int column) {
    return known == null
        ? x.length
        : (int) Arrays.stream(known).filter(cells -> cells[column]).count();
  }

  /** Of each column; 0 of a missing cell. */
  private float[] errors(DenoisingNet net, int row) {
    float[] expected = net.output(x[row], net.scratch());
    layout.expected(expected, Float.MAX_VALUE);
    float[] errors = new float[layout.columns()];
    for (int column = 0; column < errors.length; column++) {
      if (known == null || known[row][column]) {
        errors[column] = layout.error(column, expected, x[row]);
      }
    }
    return errors;
  }
}
