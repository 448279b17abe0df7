package io.github.dae4j.stacked.table;

import io.github.dae4j.corruption.Corruption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How unusual a row is: the reconstruction errors of four nets, each trained without a quarter of
 * the rows, and the distance to the nearest rows, half and half; 1 is usual.
 *
 * <p>Scores are sums over columns. Those of training rows come from the net that has not seen them,
 * so that a quantile of theirs is a threshold for new rows.
 *
 * @param nets one for each part of the rows
 * @param usual the error of each column that counts as 1
 * @param error the usual sum of errors
 * @param near the rows to compare with
 * @param distance the usual sum of distances
 * @param scores of the training rows, ascending
 */
record RowDetector(
    FeatureLayout layout,
    List<DenoisingNet> nets,
    double[] usual,
    double error,
    NearestRows near,
    double distance,
    double[] scores) {

  static final float BOUND = 10;

  static final int PARTS = 4;
  static final int LEAST_ROWS = 8;
  private static final int BATCH = 32;
  private static final int LARGE_BATCH = 128;
  private static final int LEAST_UPDATES = 300;
  private static final int MOST_UPDATES = 2500;
  private static final int MOST_REFERENCES = 1000;
  static final float UNSEEN_ERROR = 8; // nats

  /**
   * Fits to training rows.
   *
   * @param mostUpdates of each net
   * @param run that this is a part of
   */
  static RowDetector fit(
      List<EncodedRow> rows,
      TableSchema schema,
      Corruption corruption,
      int mostUpdates,
      long seed,
      TableTraining run) {
    FeatureLayout layout = FeatureLayout.of(schema.columns());
    int n = rows.size();
    float[][] x = new float[n][];
    float[][] filled = new float[n][];
    boolean[][] known = new boolean[n][];
    for (int row = 0; row < n; row++) {
      x[row] = rows.get(row).bounded(BOUND);
      filled[row] = withoutNaN(x[row]);
      known[row] = known(rows.get(row), layout);
    }
    int[] part = parts(n, seed);
    boolean hasHoles = rows.stream().anyMatch(row -> hasHoles(row, layout));
    List<DenoisingNet> nets = new ArrayList<>();
    for (int p = 0; p < PARTS; p++) {
      int own = p;
      int[] train = rowsWhere(part, other -> other != own);
      NetTraining.Plan plan = plan(train.length, corruption, mostUpdates);
      List<float[][]> net =
          run.network(
              "detector " + (p + 1),
              plan.updates(),
              TableTraining.ARRAYS,
              listener ->
                  DenoisingNet.of(
                          new NetTraining(
                                  NetTraining.select(filled, train),
                                  hasHoles ? select(known, train) : null,
                                  schema,
                                  plan,
                                  seed * 1000 + own)
                              .train(listener))
                      .arrays());
      nets.add(DenoisingNet.of(net));
    }
    float[][] errors = new float[n][];
    IntStream.range(0, n)
        .parallel()
        .forEach(row -> errors[row] = errors(nets.get(part[row]), layout, rows.get(row), x[row]));
    return fit(x, layout, List.copyOf(nets), errors);
  }

  /** How long each of its nets takes. */
  static double work(int rows, int mostUpdates) {
    return plan(rows - rows / PARTS, null, mostUpdates).work();
  }

  /** Updates by the root of the rows, and larger minibatches where there are many rows. */
  private static NetTraining.Plan plan(int rows, Corruption corruption, int mostUpdates) {
    int updates = (int) Math.max(LEAST_UPDATES, 50 * Math.sqrt(rows));
    return new NetTraining.Plan(
        TableDefaults.DETECTOR_UNITS,
        updates > MOST_UPDATES ? LARGE_BATCH : BATCH,
        Math.min(Math.min(updates, MOST_UPDATES), mostUpdates),
        corruption,
        UsualErrors.TRIMMED);
  }

  private static RowDetector fit(
      float[][] x, FeatureLayout layout, List<DenoisingNet> nets, float[][] errors) {
    int n = x.length;
    int[] kept = UsualErrors.usualRows(errors);
    UsualErrors usual = UsualErrors.of(errors, kept);
    int[] place = new int[n];
    Arrays.fill(place, -1);
    int references = Math.min(MOST_REFERENCES, kept.length);
    float[][] reference = new float[references][];
    for (int i = 0; i < references; i++) {
      int row = kept[(int) ((long) i * kept.length / references)];
      reference[i] = x[row];
      place[row] = i;
    }
    NearestRows near = NearestRows.of(reference, layout);
    float[][] distances = new float[n][];
    IntStream.range(0, n)
        .parallel()
        .forEach(row -> distances[row] = near.distances(x[row], place[row]));
    double distance =
        Arrays.stream(kept).mapToDouble(row -> sum(distances[row])).average().orElseThrow() + 1e-9;
    double[] scores = new double[n];
    for (int row = 0; row < n; row++) {
      scores[row] =
          0.5 * usual.sum(errors[row]) / usual.sum() + 0.5 * sum(distances[row]) / distance;
    }
    Arrays.sort(scores);
    return new RowDetector(layout, nets, usual.ofColumns(), usual.sum(), near, distance, scores);
  }

  private static int[] parts(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = IntStream.range(0, n).toArray();
    RowMinibatches.shuffle(order, random);
    int[] part = new int[n];
    for (int i = 0; i < n; i++) {
      part[order[i]] = i % PARTS;
    }
    return part;
  }

  private static int[] rowsWhere(int[] part, java.util.function.IntPredicate is) {
    return IntStream.range(0, part.length).filter(row -> is.test(part[row])).toArray();
  }

  private static boolean[][] select(boolean[][] rows, int[] indices) {
    return Arrays.stream(indices).mapToObj(row -> rows[row]).toArray(boolean[][]::new);
  }

  private static float[] withoutNaN(float[] row) {
    float[] filled = row.clone();
    for (int i = 0; i < filled.length; i++) {
      filled[i] = Float.isNaN(filled[i]) ? 0 : filled[i];
    }
    return filled;
  }

  private static boolean[] known(EncodedRow row, FeatureLayout layout) {
    boolean[] known = new boolean[layout.columns()];
    for (int column = 0; column < known.length; column++) {
      known[column] = row.isKnown(column) && !Float.isNaN(row.features()[layout.from()[column]]);
    }
    return known;
  }

  private static boolean hasHoles(EncodedRow row, FeatureLayout layout) {
    for (boolean cell : known(row, layout)) {
      if (!cell) {
        return true;
      }
    }
    return false;
  }

  private static double sum(float[] parts) {
    double sum = 0;
    for (float part : parts) {
      sum += part;
    }
    return sum;
  }

  private static float[] errors(
      DenoisingNet net, FeatureLayout layout, EncodedRow row, float[] bounded) {
    float[] expected = net.output(input(row, layout, bounded), net.scratch());
    layout.expected(expected, BOUND);
    float[] errors = new float[layout.columns()];
    for (int column = 0; column < errors.length; column++) {
      errors[column] =
          switch (row.cells()[column]) {
            case MISSING -> 0;
            case UNSEEN -> UNSEEN_ERROR;
            default -> layout.error(column, expected, bounded);
          };
    }
    return errors;
  }

  /** What a net has to tell the cells from: not what is missing, nor what is beyond all. */
  private static float[] input(EncodedRow row, FeatureLayout layout, float[] bounded) {
    float[] input = withoutNaN(bounded);
    for (int column = 0; column < layout.columns(); column++) {
      if (row.cells()[column] == EncodedRow.Cell.BEYOND) {
        Arrays.fill(input, layout.from()[column], layout.from()[column + 1], 0);
      }
    }
    return input;
  }

  /** What each column adds to the score of a row [columns]. */
  double[] contributions(EncodedRow row) {
    float[] bounded = row.bounded(BOUND);
    double[] parts = new double[layout.columns()];
    for (DenoisingNet net : nets) {
      float[] errors = errors(net, layout, row, bounded);
      for (int column = 0; column < parts.length; column++) {
        parts[column] += errors[column] / (nets.size() * usual[column]);
      }
    }
    float[] distances = near.distances(bounded, -1);
    for (int column = 0; column < parts.length; column++) {
      parts[column] = 0.5 * parts[column] / error + 0.5 * distances[column] / distance;
    }
    return parts;
  }

  /** The score that a share of the training rows lies above. */
  double threshold(double contamination) {
    return UsualErrors.threshold(scores, contamination);
  }
}
