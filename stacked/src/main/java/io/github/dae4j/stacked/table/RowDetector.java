package io.github.dae4j.stacked.table;

import io.github.dae4j.corruption.Corruption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How unusual a row is: half by how far its columns are from what four denoising nets and four
 * normal distributions, each fitted without a quarter of the rows, expect of them; half by the
 * distance to the nearest rows. 1 is usual.
 *
 * <p>Scores are sums over columns. Those of training rows come from the net and the distribution
 * that have not seen them, so that a quantile of theirs is a threshold for new rows.
 *
 * @param nets one for each part of the rows
 * @param usual the errors of nets that count as 1
 * @param normals one for each part of the rows; none of many features
 * @param usualNormal the errors of normal distributions that count as 1; null without them
 * @param near the rows to compare with
 * @param distance the usual sum of distances
 * @param scores of the training rows, ascending
 */
record RowDetector(
    FeatureLayout layout,
    List<DenoisingNet> nets,
    UsualErrors usual,
    List<NormalExpectation> normals,
    UsualErrors usualNormal,
    NearestRows near,
    double distance,
    double[] scores) {

  static final float BOUND = 10;

  /** What usual distances and errors add to a score; that of normal distributions is of these. */
  private static final double OF_DISTANCES = 0.5;

  private static final double OF_EXPECTATIONS = 1 - OF_DISTANCES;
  private static final double OF_NORMALS = 0.15;

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
    List<NormalExpectation> normals = normals(x, part, layout, seed);
    float[][] errors = new float[n][];
    float[][] normalErrors = normals.isEmpty() ? null : new float[n][];
    IntStream.range(0, n)
        .parallel()
        .forEach(
            i -> {
              EncodedRow row = rows.get(i);
              float[] input = input(row, layout, x[i]);
              errors[i] = errors(byNet(nets.get(part[i]), input, layout), layout, row, x[i]);
              if (normalErrors != null) {
                float[] expected = normals.get(part[i]).expected(input, layout);
                normalErrors[i] = errors(expected, layout, row, x[i]);
              }
            });
    return fit(x, layout, List.copyOf(nets), errors, normals, normalErrors, seed);
  }

  private static List<NormalExpectation> normals(
      float[][] x, int[] part, FeatureLayout layout, long seed) {
    if (layout.features() > NormalExpectation.MOST_FEATURES) {
      return List.of();
    }
    return IntStream.range(0, PARTS)
        .parallel()
        .mapToObj(p -> NetTraining.select(x, rowsWhere(part, other -> other != p)))
        .map(others -> NormalExpectation.fit(others, layout, seed))
        .toList();
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
      float[][] x,
      FeatureLayout layout,
      List<DenoisingNet> nets,
      float[][] errors,
      List<NormalExpectation> normals,
      float[][] normalErrors,
      long seed) {
    int n = x.length;
    int[] kept = UsualErrors.usualRows(errors);
    UsualErrors usual = UsualErrors.of(errors, kept);
    UsualErrors usualNormal = normalErrors == null ? null : UsualErrors.of(normalErrors, kept);
    int[] references = RowDraw.of(kept, MOST_REFERENCES, seed);
    int[] place = new int[n];
    Arrays.fill(place, -1);
    for (int i = 0; i < references.length; i++) {
      place[references[i]] = i;
    }
    NearestRows near = NearestRows.of(NetTraining.select(x, references), layout);
    float[][] distances = new float[n][];
    IntStream.range(0, n)
        .parallel()
        .forEach(row -> distances[row] = near.distances(x[row], place[row]));
    double distance =
        Arrays.stream(kept).mapToDouble(row -> sum(distances[row])).average().orElseThrow() + 1e-9;
    double[] scores = new double[n];
    RowDetector detector =
        new RowDetector(layout, nets, usual, normals, usualNormal, near, distance, scores);
    for (int row = 0; row < n; row++) {
      List<float[]> ofNormals = normalErrors == null ? List.of() : List.of(normalErrors[row]);
      double[] parts = detector.parts(List.of(errors[row]), ofNormals, distances[row]);
      scores[row] = Arrays.stream(parts).sum();
    }
    Arrays.sort(scores);
    return detector;
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

  private static float[] byNet(DenoisingNet net, float[] input, FeatureLayout layout) {
    float[] expected = net.output(input, net.scratch());
    layout.expected(expected, BOUND);
    return expected;
  }

  private static float[] errors(
      float[] expected, FeatureLayout layout, EncodedRow row, float[] bounded) {
    float[] errors = new float[layout.columns()];
    for (int column = 0; column < errors.length; column++) {
      errors[column] =
          switch (row.cells()[column]) {
            case MISSING -> Float.NaN;
            case UNSEEN -> UNSEEN_ERROR;
            default -> layout.error(column, expected, bounded);
          };
    }
    return errors;
  }

  /** What the cells are to be told from: not what is missing, nor what is beyond all. */
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
    float[] input = input(row, layout, bounded);
    List<float[]> ofNets =
        nets.stream().map(net -> errors(byNet(net, input, layout), layout, row, bounded)).toList();
    List<float[]> ofNormals =
        normals.stream()
            .map(normal -> errors(normal.expected(input, layout), layout, row, bounded))
            .toList();
    return parts(ofNets, ofNormals, near.distances(bounded, -1));
  }

  /** Of the errors by each net, and by each normal distribution, if there are any. */
  private double[] parts(List<float[]> ofNets, List<float[]> ofNormals, float[] distances) {
    double[] parts = new double[layout.columns()];
    double shareOfNormals = ofNormals.isEmpty() ? 0 : OF_NORMALS;
    for (float[] errors : ofNets) {
      usual.add(parts, errors, (OF_EXPECTATIONS - shareOfNormals) / ofNets.size());
    }
    for (float[] errors : ofNormals) {
      usualNormal.add(parts, errors, shareOfNormals / ofNormals.size());
    }
    for (int column = 0; column < parts.length; column++) {
      parts[column] += OF_DISTANCES * distances[column] / distance;
    }
    return parts;
  }

  /** The score that a share of the training rows lies above. */
  double threshold(double contamination) {
    return UsualErrors.threshold(scores, contamination);
  }
}
