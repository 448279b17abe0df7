package io.github.dae4j.stacked.table;

import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What is to be expected of a row's cells given the others: by a denoising net, the nearest rows
 * and the normal distribution of the features, whose weights are found on cells that were hidden.
 *
 * @param normal null where there are too many features for it
 * @param mean of each feature, for words their shares
 * @param near null where the filling has no use for it
 * @param filling null until it is found: then the net's expectation is filled in
 */
record TableNet(
    FeatureLayout layout,
    DenoisingNet net,
    GaussianFill normal,
    float[] mean,
    NearestRows near,
    Filling filling) {

  static final float BOUND = 6; // of standardised numbers
  private static final int MOST_FOR_NORMAL = 2000;
  private static final int MOST_ROWS_FOR_NORMAL = 20_000;
  private static final int MOST_REFERENCES = 1000;
  private static final int MOST_COMPARED = 100_000; // cells, for a row that is filled
  private static final double HIDDEN = 0.2;
  private static final int MOST_COPIES = 40; // of a held-out row, each with other cells hidden
  private static final int MOST_HOLED = 3000; // such copies in all
  private static final int MOST_HOLED_FEATURES = 4_000_000;

  /** Fits to rows, NaN of missing cells; some are held out to weigh net and normal. */
  static Trained fit(
      float[][] unbounded,
      TableSchema schema,
      NetTraining.Plan plan,
      long seed,
      TableTraining run) {
    FeatureLayout layout = FeatureLayout.of(schema.columns());
    float[][] rows = bounded(unbounded);
    int n = rows.length;
    int held = Math.min(n / 2, Math.min(500, Math.max(20, Math.round(0.1f * n))));
    int[] order = shuffled(n, seed);
    int[] heldOut = Arrays.copyOf(order, held);
    int[] train = Arrays.copyOfRange(order, held, n);
    Arrays.sort(heldOut);
    Arrays.sort(train);
    TableNet whole = of(rows, layout, null);
    float[][] x = new float[train.length][];
    boolean[][] known = new boolean[train.length][];
    IntStream.range(0, train.length)
        .parallel()
        .forEach(
            i -> {
              x[i] = whole.filled(rows[train[i]]);
              known[i] = known(rows[train[i]], layout);
            });
    StackedDenoisingAutoEncoder stack =
        run.network(
            "codes",
            plan.updates(),
            TableTraining.STACK,
            listener -> new NetTraining(x, known, schema, plan, seed).train(listener));
    CodeScaling.of(DenoisingNet.of(stack), x).apply(stack);
    DenoisingNet net = DenoisingNet.of(stack);
    TableNet partial = of(select(rows, train), layout, net);
    Filling filling = partial.search(select(rows, heldOut), seed);
    NearestRows near = filling.needsNearest() ? whole.near : null;
    return new Trained(new TableNet(layout, net, whole.normal, whole.mean, near, filling), stack);
  }

  /** With the network that it was trained as. */
  record Trained(TableNet net, StackedDenoisingAutoEncoder stack) {}

  /** Fits to all rows, so that a net can be trained further on labels. */
  private static TableNet of(float[][] rows, FeatureLayout layout, DenoisingNet net) {
    float[][] some = everyNth(rows, MOST_ROWS_FOR_NORMAL);
    boolean hasNormal = layout.features() <= MOST_FOR_NORMAL;
    GaussianFill normal = hasNormal ? GaussianFill.fit(some, layout) : null;
    float[] mean = normal != null ? normal.mean() : means(rows, layout.features());
    int references = Math.min(MOST_REFERENCES, Math.max(1, MOST_COMPARED / layout.features()));
    NearestRows near = NearestRows.of(everyNth(rows, references), layout);
    return new TableNet(layout, net, normal, mean, near, null);
  }

  private static float[] means(float[][] rows, int features) {
    float[] means = new float[features];
    for (int i = 0; i < features; i++) {
      double sum = 0;
      int count = 0;
      for (float[] row : rows) {
        if (!Float.isNaN(row[i])) {
          sum += row[i];
          count++;
        }
      }
      means[i] = count == 0 ? 0 : (float) (sum / count);
    }
    return means;
  }

  private static float[][] everyNth(float[][] rows, int most) {
    int count = Math.min(most, rows.length);
    return IntStream.range(0, count)
        .mapToObj(i -> rows[(int) ((long) i * rows.length / count)])
        .toArray(float[][]::new);
  }

  private static float[][] bounded(float[][] rows) {
    return Arrays.stream(rows).map(TableNet::bounded).toArray(float[][]::new);
  }

  static float[] bounded(float[] row) {
    float[] bounded = row.clone();
    for (int i = 0; i < bounded.length; i++) {
      if (bounded[i] > BOUND || bounded[i] < -BOUND) {
        bounded[i] = Math.copySign(BOUND, bounded[i]);
      }
    }
    return bounded;
  }

  private static int[] shuffled(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed + 1);
    int[] order = IntStream.range(0, n).toArray();
    for (int i = n - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int row = order[i];
      order[i] = order[j];
      order[j] = row;
    }
    return order;
  }

  private static float[][] select(float[][] rows, int[] indices) {
    return Arrays.stream(indices).mapToObj(row -> rows[row]).toArray(float[][]::new);
  }

  private static boolean[] known(float[] row, FeatureLayout layout) {
    boolean[] known = new boolean[layout.columns()];
    for (int column = 0; column < known.length; column++) {
      known[column] = !Float.isNaN(row[layout.from()[column]]);
    }
    return known;
  }

  /** A bounded row with every hole filled by the normal distribution. */
  float[] filled(float[] unbounded) {
    float[] row = bounded(unbounded);
    if (normal != null) {
      return normal.fill(row, layout);
    }
    for (int i = 0; i < row.length; i++) {
      row[i] = Float.isNaN(row[i]) ? mean[i] : row[i];
    }
    return row;
  }

  /** The code of a row [hidden]; NaN is filled. */
  float[] encode(float[] row) {
    return net.encode(filled(row), net.scratch()).clone();
  }

  /** What is expected of every feature of a row: numbers, and probabilities of words. */
  float[] expected(float[] unbounded) {
    float[] row = bounded(unbounded);
    float[][] expected = expectations(row, filled(row), filling.nearest());
    filling.fill(row, layout, expected);
    return expected[0];
  }

  /** Those that are blended, in the order of {@link Filling}: the net's is a new array. */
  private float[][] expectations(float[] row, float[] normally, int[] nearest) {
    float[][] expected = new float[nearest.length + Filling.OTHERS][];
    expected[0] = byNet(row, normally);
    float[][] nearby = near == null || !hasHoles(row) ? null : near.fill(row, mean, nearest);
    for (int i = 0; i < nearest.length; i++) {
      expected[1 + i] = nearby == null ? normally : nearby[i];
    }
    expected[1 + nearest.length] = normally;
    expected[2 + nearest.length] = mean;
    return expected;
  }

  private static boolean hasHoles(float[] row) {
    for (float value : row) {
      if (Float.isNaN(value)) {
        return true;
      }
    }
    return false;
  }

  /** The net's own expectation. */
  private float[] byNet(float[] row, float[] normally) {
    float[] in = row.clone();
    for (int column = 0; column < layout.columns(); column++) {
      int from = layout.from()[column];
      for (int i = from; i < layout.from()[column + 1]; i++) {
        if (Float.isNaN(in[i])) {
          in[i] = layout.words()[column] ? mean[i] : normally[i];
        }
      }
    }
    float[] out = net.output(in, net.scratch()).clone();
    layout.expected(out, BOUND);
    return out;
  }

  /** The weights that are best on held-out rows whose known cells are hidden. */
  private Filling search(float[][] held, long seed) {
    SplittableRandom random = new SplittableRandom(seed + 2);
    int most = Math.min(MOST_HOLED, MOST_HOLED_FEATURES / layout.features());
    int copies = Math.max(1, Math.min(MOST_COPIES, most / Math.max(1, held.length)));
    FillingSearch search = new FillingSearch();
    for (int copy = 0; copy < copies; copy++) {
      for (float[] row : held) {
        boolean[] hidden = new boolean[layout.columns()];
        float[] holed = hide(row, hidden, random);
        float[][] expected = expectations(holed, filled(holed), FillingSearch.nearest());
        for (int column = 0; column < hidden.length; column++) {
          if (hidden[column]) {
            add(search, column, row, expected);
          }
        }
      }
    }
    return search.found();
  }

  private void add(FillingSearch search, int column, float[] row, float[][] expected) {
    int from = layout.from()[column];
    int to = layout.from()[column + 1];
    for (int i = from; i < to; i++) {
      if (!layout.words()[column]) {
        search.addNumber(row[i], expected, i);
      } else if (row[i] > 0) {
        search.addWord(i, expected, from, to);
      }
    }
  }

  private float[] hide(float[] row, boolean[] hidden, SplittableRandom random) {
    float[] holed = row.clone();
    for (int column = 0; column < hidden.length; column++) {
      int from = layout.from()[column];
      hidden[column] = random.nextDouble() < HIDDEN && !Float.isNaN(row[from]);
      if (hidden[column]) {
        Arrays.fill(holed, from, layout.from()[column + 1], Float.NaN);
      }
    }
    return holed;
  }
}
