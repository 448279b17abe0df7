package io.github.dae4j.stacked.table;

import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Fits a {@link TableNet} to rows. What fills a hole is weighed on cells hidden in rows that the
 * net has not seen: of few rows each fourth part in turn, by nets that train on the other parts; of
 * many rows a tenth, which the net itself is not trained on.
 */
final class TableNetFitting {

  /** With the network that the net was trained as. */
  record Fitted(TableNet net, StackedDenoisingAutoEncoder stack) {}

  private static final int FEW_ROWS = 1000;
  private static final int FEW_FEATURES = 200;
  private static final int PARTS = 4;
  private static final int MOST_FOR_NORMAL = 2000;
  private static final int MOST_ROWS_FOR_NORMAL = 20_000;
  private static final int MOST_REFERENCES = 1000;
  private static final int MOST_COMPARED = 100_000; // cells, for a row that is filled
  private static final double HIDDEN = 0.2;
  private static final int MOST_COPIES = 40; // of a held-out row, each with other cells hidden
  private static final int MOST_HOLED = 3000; // such copies in all
  private static final int MOST_HOLED_FEATURES = 4_000_000;

  private final float[][] rows;
  private final TableSchema schema;
  private final FeatureLayout layout;
  private final NetTraining.Plan plan;
  private final long seed;
  private final TableTraining run;
  private final TableNet whole;
  private final FillingSearch search = new FillingSearch();

  /**
   * Prepares a fit.
   *
   * @param unbounded rows, NaN of missing cells
   * @param run that the nets are a part of
   */
  TableNetFitting(
      float[][] unbounded,
      TableSchema schema,
      NetTraining.Plan plan,
      long seed,
      TableTraining run) {
    rows = Arrays.stream(unbounded).map(TableNet::bounded).toArray(float[][]::new);
    this.schema = schema;
    layout = FeatureLayout.of(schema.columns());
    this.plan = plan;
    this.seed = seed;
    this.run = run;
    whole = of(rows, null);
  }

  /** How long each of its nets takes. */
  static List<Double> work(NetTraining.Plan plan, int rows, int features) {
    return Collections.nCopies(1 + (isFew(rows, features) ? PARTS : 0), plan.work());
  }

  private static boolean isFew(int rows, int features) {
    return rows >= PARTS && rows < FEW_ROWS && features < FEW_FEATURES;
  }

  Fitted fit() {
    int n = rows.length;
    int[] order = shuffled(n);
    boolean isFew = isFew(n, layout.features());
    for (int part = 0; isFew && part < PARTS; part++) {
      int[] held = Arrays.copyOfRange(order, part * n / PARTS, (part + 1) * n / PARTS);
      weigh(held, net(part, without(held)), MOST_HOLED / PARTS);
    }
    int tenth = Math.min(n / 2, Math.min(500, Math.max(20, Math.round(0.1f * n))));
    int[] held = Arrays.copyOf(order, isFew ? 0 : tenth);
    StackedDenoisingAutoEncoder stack = stack(without(held));
    DenoisingNet net = DenoisingNet.of(stack);
    if (!isFew) {
      weigh(held, net, MOST_HOLED);
    }
    Filling filling = search.found();
    NearestRows near = filling.needsNearest() ? whole.near() : null;
    return new Fitted(
        new TableNet(layout, net, whole.normal(), whole.mean(), near, filling), stack);
  }

  private int[] shuffled(int n) {
    SplittableRandom random = new SplittableRandom(seed + 1);
    int[] order = IntStream.range(0, n).toArray();
    RowMinibatches.shuffle(order, random);
    return order;
  }

  /** All rows but these, which become sorted. */
  private int[] without(int[] held) {
    Arrays.sort(held);
    return IntStream.range(0, rows.length)
        .filter(row -> Arrays.binarySearch(held, row) < 0)
        .toArray();
  }

  private float[][] select(int[] indices) {
    return NetTraining.select(rows, indices);
  }

  /** The one that is kept, trained on some rows. */
  private StackedDenoisingAutoEncoder stack(int[] train) {
    float[][] x = filled(train);
    StackedDenoisingAutoEncoder stack =
        run.network(
            "codes",
            plan.updates(),
            TableTraining.STACK,
            listener -> training(x, train, seed).train(listener));
    CodeScaling.of(DenoisingNet.of(stack), x, seed).apply(stack);
    return stack;
  }

  /** One that fills the rows which it is not trained on. */
  private DenoisingNet net(int part, int[] train) {
    return DenoisingNet.of(
        run.network(
            "filling " + (part + 1),
            plan.updates(),
            TableTraining.ARRAYS,
            listener ->
                DenoisingNet.of(training(filled(train), train, seed * 1000 + part).train(listener))
                    .arrays()));
  }

  private NetTraining training(float[][] x, int[] train, long seed) {
    boolean[][] known = new boolean[train.length][];
    Arrays.setAll(known, i -> known(rows[train[i]]));
    return new NetTraining(x, known, schema, plan, seed);
  }

  private float[][] filled(int[] indices) {
    float[][] filled = new float[indices.length][];
    IntStream.range(0, filled.length)
        .parallel()
        .forEach(i -> filled[i] = whole.filled(rows[indices[i]]));
    return filled;
  }

  private boolean[] known(float[] row) {
    boolean[] known = new boolean[layout.columns()];
    for (int column = 0; column < known.length; column++) {
      known[column] = !Float.isNaN(row[layout.from()[column]]);
    }
    return known;
  }

  /** With a net, and all else fitted to some rows. */
  private TableNet of(float[][] some, DenoisingNet net) {
    boolean hasNormal = layout.features() <= MOST_FOR_NORMAL;
    GaussianFill normal =
        hasNormal ? GaussianFill.fit(RowDraw.of(some, MOST_ROWS_FOR_NORMAL, seed), layout) : null;
    float[] mean = normal != null ? normal.mean() : means(some);
    int references = Math.min(MOST_REFERENCES, Math.max(1, MOST_COMPARED / layout.features()));
    NearestRows near = NearestRows.of(RowDraw.of(some, references, seed), layout);
    return new TableNet(layout, net, normal, mean, near, null);
  }

  private float[] means(float[][] some) {
    float[] means = new float[layout.features()];
    for (int i = 0; i < means.length; i++) {
      double sum = 0;
      int count = 0;
      for (float[] row : some) {
        if (!Float.isNaN(row[i])) {
          sum += row[i];
          count++;
        }
      }
      means[i] = count == 0 ? 0 : (float) (sum / count);
    }
    return means;
  }

  /**
   * Hides cells of held-out rows, and lets a net and all that is fitted to the others fill them.
   */
  private void weigh(int[] held, DenoisingNet net, int mostCopies) {
    TableNet partial = of(select(without(held)), net);
    SplittableRandom random = new SplittableRandom(seed + 2);
    int most = Math.min(mostCopies, MOST_HOLED_FEATURES / layout.features());
    int copies = Math.max(1, Math.min(MOST_COPIES, most / Math.max(1, held.length)));
    for (int copy = 0; copy < copies; copy++) {
      for (float[] row : select(held)) {
        boolean[] hidden = new boolean[layout.columns()];
        float[] holed = hide(row, hidden, random);
        float[][] expected = partial.expectations(holed, FillingSearch.nearest());
        for (int column = 0; column < hidden.length; column++) {
          if (hidden[column]) {
            add(column, row, expected);
          }
        }
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

  private void add(int column, float[] row, float[][] expected) {
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
}
