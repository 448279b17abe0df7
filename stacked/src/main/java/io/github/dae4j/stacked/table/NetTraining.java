package io.github.dae4j.stacked.table;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Trains a {@link DenoisingNet} by Adam: each column of a row is swapped for another row's with
 * some probability, and the clean row is to be told from that.
 *
 * <p>Loss: half the squared error of numbers and the cross-entropy of words, summed over the
 * columns that are known, the mean over a minibatch. The rate falls to 0 along a cosine.
 */
final class NetTraining {

  /**
   * How a net is trained.
   *
   * @param swap the probability of a column to be swapped
   * @param trimmed the share of rows, those with the largest errors, that are left out at times
   */
  record Plan(int hidden, int batch, int updates, double swap, double trimmed) {}

  private static final double[] TRIMMED_AT = {0.1, 0.2, 0.4, 0.6, 0.8};

  private final float[][] x;
  private final boolean[][] known;
  private final FeatureLayout layout;
  private final Plan plan;
  private final SplittableRandom random;

  private final AdamWeights encoder;
  private final AdamWeights decoder; // transposed: [features][hidden]
  private final AdamWeights biases; // of the code, of the output
  private final float[][] v;
  private final float[][] in;
  private final float[][] code;
  private final float[][] out;
  private final float[][] back;
  private final int[] scratch;
  private int[] kept;

  /**
   * Prepares a training.
   *
   * @param x [n][features] without NaN
   * @param known whether the cell of a row and a column is; null if all are
   */
  NetTraining(float[][] x, boolean[][] known, FeatureLayout layout, Plan plan, long seed) {
    this.x = x;
    this.known = known;
    this.layout = layout;
    this.plan = plan;
    random = new SplittableRandom(seed);
    int features = layout.features();
    int hidden = plan.hidden();
    double bound = Math.sqrt(6.0 / (features + hidden));
    encoder = new AdamWeights(features, hidden).draw(bound, random);
    decoder = new AdamWeights(features, hidden).draw(bound, random);
    biases = new AdamWeights(new int[] {hidden, features});
    v = new float[hidden][features];
    int batch =
        (int) Math.max(1, Math.min(plan.batch(), Math.round((1 - plan.trimmed()) * x.length)));
    in = new float[batch][features];
    code = new float[batch][hidden];
    out = new float[batch][features];
    back = new float[batch][hidden];
    scratch = new int[Math.max(features, hidden)];
    kept = IntStream.range(0, x.length).toArray();
  }

  /** Trains and returns the net. */
  DenoisingNet train() {
    int position = 0;
    int[] order = {};
    int trims = 0;
    for (int update = 0; update < plan.updates(); update++) {
      if (plan.trimmed() > 0
          && trims < TRIMMED_AT.length
          && update >= (int) (TRIMMED_AT[trims] * plan.updates())) {
        trims++;
        trim();
        order = new int[0];
        position = 0;
      }
      if (position + in.length > order.length) {
        order = shuffled(kept);
        position = 0;
      }
      step(order, position, update);
      position += in.length;
    }
    return net();
  }

  private DenoisingNet net() {
    FloatRows.transpose(decoder.values(), v);
    return new DenoisingNet(encoder.values(), biases.values()[0], v, biases.values()[1]);
  }

  private int[] shuffled(int[] rows) {
    int[] order = rows.clone();
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int row = order[i];
      order[i] = order[j];
      order[j] = row;
    }
    return order;
  }

  private void step(int[] order, int position, int update) {
    FloatRows.transpose(decoder.values(), v);
    encoder.clear();
    decoder.clear();
    biases.clear();
    for (int i = 0; i < in.length; i++) {
      corrupt(x[order[position + i]], in[i]);
      forward(i);
      delta(order[position + i], out[i]);
    }
    backward();
    double rate = AdamWeights.cosine(TableDefaults.RATE, update, plan.updates());
    encoder.update(rate, update, 0);
    decoder.update(rate, update, 0);
    biases.update(rate, update, 0);
  }

  private void corrupt(float[] clean, float[] to) {
    System.arraycopy(clean, 0, to, 0, to.length);
    for (int column = 0; column < layout.columns(); column++) {
      if (random.nextDouble() < plan.swap()) {
        int from = layout.from()[column];
        float[] donor = x[kept[random.nextInt(kept.length)]];
        System.arraycopy(donor, from, to, from, layout.from()[column + 1] - from);
      }
    }
  }

  private void forward(int i) {
    int hidden = plan.hidden();
    System.arraycopy(biases.values()[0], 0, code[i], 0, hidden);
    FloatRows.add(code[i], hidden, in[i], encoder.values(), scratch);
    FloatRows.rectify(code[i], hidden);
    System.arraycopy(biases.values()[1], 0, out[i], 0, out[i].length);
    FloatRows.add(out[i], out[i].length, code[i], v, scratch);
  }

  /** The output becomes the loss's derivative by it. */
  private void delta(int row, float[] o) {
    layout.expected(o, Float.MAX_VALUE);
    float weight = 1f / in.length;
    for (int column = 0; column < layout.columns(); column++) {
      int from = layout.from()[column];
      int to = layout.from()[column + 1];
      boolean isKnown = known == null || known[row][column];
      if (isKnown && layout.words()[column]) {
        isKnown = sum(x[row], from, to) > 0; // an unseen word has no part
      }
      for (int i = from; i < to; i++) {
        o[i] = isKnown ? (o[i] - x[row][i]) * weight : 0;
      }
    }
  }

  private static float sum(float[] row, int from, int to) {
    float sum = 0;
    for (int i = from; i < to; i++) {
      sum += row[i];
    }
    return sum;
  }

  private void backward() {
    int hidden = plan.hidden();
    for (int i = 0; i < in.length; i++) {
      Arrays.fill(back[i], 0);
      FloatRows.add(back[i], hidden, out[i], decoder.values(), scratch);
      gate(back[i], code[i]);
      FloatRows.add1(biases.gradient()[0], hidden, 1, back[i]);
      FloatRows.add1(biases.gradient()[1], out[i].length, 1, out[i]);
    }
    outer(out, code, decoder.gradient());
    outer(in, back, encoder.gradient());
  }

  private static void gate(float[] back, float[] code) {
    for (int i = 0; i < back.length; i++) {
      back[i] = code[i] > 0 ? back[i] : 0;
    }
  }

  /** sum[f] += the sum over the minibatch of a[.][f] b[.]. */
  private static void outer(float[][] a, float[][] b, float[][] sum) {
    int batch = a.length;
    int n = b[0].length;
    for (int f = 0; f < sum.length; f++) {
      int i = 0;
      for (; i + 3 < batch; i += 4) {
        float p = a[i][f];
        float q = a[i + 1][f];
        float r = a[i + 2][f];
        float s = a[i + 3][f];
        if (p != 0 || q != 0 || r != 0 || s != 0) {
          FloatRows.add4(sum[f], n, p, b[i], q, b[i + 1], r, b[i + 2], s, b[i + 3]);
        }
      }
      for (; i < batch; i++) {
        if (a[i][f] != 0) {
          FloatRows.add1(sum[f], n, a[i][f], b[i]);
        }
      }
    }
  }

  /** Leaves the rows with the largest errors out, until the next time. */
  private void trim() {
    DenoisingNet net = net();
    DenoisingNet.Scratch rows = net.scratch();
    float[][] errors = new float[x.length][layout.columns()];
    double[] means = new double[layout.columns()];
    for (int row = 0; row < x.length; row++) {
      float[] expected = net.output(x[row], rows);
      layout.expected(expected, Float.MAX_VALUE);
      for (int column = 0; column < means.length; column++) {
        if (known == null || known[row][column]) {
          errors[row][column] = layout.error(column, expected, x[row]);
          means[column] += errors[row][column] / x.length;
        }
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
            .limit(Math.round((1 - plan.trimmed()) * x.length))
            .mapToInt(Integer::intValue)
            .sorted()
            .toArray();
  }
}
