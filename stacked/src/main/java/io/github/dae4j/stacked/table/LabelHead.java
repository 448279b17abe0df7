package io.github.dae4j.stacked.table;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Tells a label from the features of a row: nets that began as the denoising net's encoder, each
 * with a linear layer above its code, whose answers are averaged.
 *
 * @param column the name of the label
 * @param classes in the order of the outputs; empty if the label is a number
 * @param mean of the numbers
 * @param standardDeviation of the numbers
 * @param decimals of the numbers
 */
record LabelHead(
    String column,
    List<String> classes,
    double mean,
    double standardDeviation,
    int decimals,
    List<Net> nets) {

  private static final double RATE = 0.001;
  private static final double OUTPUT_RATE = 0.003;
  private static final double DECAY = 0.001;
  private static final double SURE = 0.8; // share of the rows without a label that get one
  private static final int MOST_UNLABELLED = 5000;

  /**
   * One net: w [features][hidden], b [hidden], u [hidden][outputs], c [outputs].
   *
   * @param scale of the code
   * @param share in the average
   */
  record Net(float[][] w, float[] b, float[][] u, float[] c, float scale, float share) {

    /** Probabilities of the classes, or the one number. */
    float[] output(float[] row) {
      float[] code = b.clone();
      int[] scratch = new int[Math.max(row.length, b.length)];
      FloatRows.add(code, b.length, row, w, scratch);
      FloatRows.rectify(code, b.length);
      for (int i = 0; i < code.length; i++) {
        code[i] *= scale;
      }
      float[] out = c.clone();
      FloatRows.add(out, c.length, code, u, scratch);
      if (c.length > 1) {
        softmax(out);
      }
      return out;
    }
  }

  private static void softmax(float[] out) {
    float most = Float.NEGATIVE_INFINITY;
    for (float logit : out) {
      most = Math.max(most, logit);
    }
    float sum = 0;
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) Math.exp(out[i] - most);
      sum += out[i];
    }
    for (int i = 0; i < out.length; i++) {
      out[i] /= sum;
    }
  }

  boolean isNumber() {
    return classes.isEmpty();
  }

  /** The average of the nets: probabilities of the classes, or one standardised number. */
  float[] output(float[] filled) {
    float[] sum = new float[Math.max(1, classes.size())];
    float shares = 0;
    for (Net net : nets) {
      FloatRows.add1(sum, sum.length, net.share(), net.output(filled));
      shares += net.share();
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= shares;
    }
    return sum;
  }

  /**
   * Trains on labelled rows, and on those of the others that are told with most certainty.
   *
   * @param filled rows without NaN
   * @param targets the index of the class, or a standardised number; NaN of rows without a label
   * @param outputs the number of classes, or 1
   */
  static List<Net> train(
      float[][] filled, double[] targets, int outputs, DenoisingNet start, long seed) {
    int[] labelled =
        IntStream.range(0, targets.length).filter(i -> !Double.isNaN(targets[i])).toArray();
    float scale = scale(filled, start);
    List<Net> first =
        IntStream.range(0, 2)
            .parallel()
            .mapToObj(
                run ->
                    new Training(start, outputs, scale, seed + run)
                        .run(filled, targets, labelled, updates(200, labelled.length), 0.5f))
            .toList();
    if (labelled.length == targets.length || outputs == 1) {
      return first;
    }
    double[] more = targets.clone();
    int[] told = tell(filled, more, first);
    int[] rows = IntStream.concat(Arrays.stream(labelled), Arrays.stream(told)).toArray();
    Net second =
        new Training(start, outputs, scale, seed + 2)
            .run(filled, more, rows, updates(30, rows.length), 1);
    return List.of(first.get(0), first.get(1), second);
  }

  private static int updates(int each, int rows) {
    return Math.max(300, Math.min(3000, each * rows / 32));
  }

  /** 1 / the standard deviation of all units over all rows, so that rates suit any table. */
  private static float scale(float[][] filled, DenoisingNet net) {
    DenoisingNet.Scratch scratch = net.scratch();
    double sum = 0;
    double squares = 0;
    long count = 0;
    int step = Math.max(1, filled.length / 5000);
    for (int row = 0; row < filled.length; row += step) {
      for (float unit : net.encode(filled[row], scratch)) {
        sum += unit;
        squares += unit * unit;
        count++;
      }
    }
    double variance = squares / count - sum / count * (sum / count);
    return variance > 0 ? (float) (1 / Math.sqrt(variance)) : 1;
  }

  /** Gives the rows without a label that are told best the likeliest; returns which. */
  private static int[] tell(float[][] filled, double[] targets, List<Net> nets) {
    int[] without =
        IntStream.range(0, targets.length)
            .filter(i -> Double.isNaN(targets[i]))
            .limit(MOST_UNLABELLED)
            .toArray();
    double[] certainty = new double[targets.length];
    for (int row : without) {
      float[] p = nets.get(0).output(filled[row]);
      FloatRows.add1(p, p.length, 1, nets.get(1).output(filled[row]));
      int best = best(p);
      targets[row] = best;
      certainty[row] = p[best];
    }
    return Arrays.stream(without)
        .boxed()
        .sorted(java.util.Comparator.comparingDouble(row -> -certainty[row]))
        .limit(Math.round(SURE * without.length))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  static int best(float[] p) {
    int best = 0;
    for (int i = 1; i < p.length; i++) {
      best = p[i] > p[best] ? i : best;
    }
    return best;
  }

  /** Fine-tuning with half of the code's units dropped (Srivastava et al. 2014). */
  private static final class Training {

    private final AdamWeights encoder;
    private final AdamWeights output;
    private final AdamWeights codeBias;
    private final AdamWeights outputBias;
    private final float scale;
    private final SplittableRandom random;

    Training(DenoisingNet start, int outputs, float scale, long seed) {
      encoder = new AdamWeights(start.w());
      codeBias = new AdamWeights(new float[][] {start.b()});
      output = new AdamWeights(start.hidden(), outputs);
      outputBias = new AdamWeights(1, outputs);
      this.scale = scale;
      random = new SplittableRandom(seed);
    }

    Net run(float[][] filled, double[] targets, int[] rows, int updates, float share) {
      int batch = Math.min(32, rows.length);
      int[] order = rows.clone();
      int position = order.length;
      for (int update = 0; update < updates; update++) {
        if (position + batch > order.length) {
          shuffle(order);
          position = 0;
        }
        List.of(encoder, codeBias, output, outputBias).forEach(AdamWeights::clear);
        for (int i = 0; i < batch; i++) {
          int row = order[position + i];
          learn(filled[row], targets[row], 1f / batch);
        }
        position += batch;
        double rate = AdamWeights.cosine(RATE, update, updates);
        double outputRate = AdamWeights.cosine(OUTPUT_RATE, update, updates);
        encoder.update(rate, update, DECAY);
        codeBias.update(rate, update, DECAY);
        output.update(outputRate, update, DECAY);
        outputBias.update(outputRate, update, DECAY);
      }
      return new Net(
          encoder.values(),
          codeBias.values()[0],
          output.values(),
          outputBias.values()[0],
          scale,
          share);
    }

    private void shuffle(int[] order) {
      for (int i = order.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int row = order[i];
        order[i] = order[j];
        order[j] = row;
      }
    }

    private void learn(float[] row, double target, float weight) {
      int hidden = codeBias.values()[0].length;
      float[] code = codeBias.values()[0].clone();
      int[] scratch = new int[Math.max(row.length, hidden)];
      FloatRows.add(code, hidden, row, encoder.values(), scratch);
      for (int i = 0; i < hidden; i++) {
        boolean isDropped = random.nextInt() < 0;
        code[i] = isDropped || code[i] < 0 ? 0 : 2 * scale * code[i];
      }
      float[] out = outputBias.values()[0].clone();
      FloatRows.add(out, out.length, code, output.values(), scratch);
      if (out.length > 1) {
        softmax(out);
        out[(int) target] -= 1;
      } else {
        out[0] -= (float) target;
      }
      for (int i = 0; i < out.length; i++) {
        out[i] *= weight;
      }
      back(row, code, out, scratch);
    }

    private void back(float[] row, float[] code, float[] delta, int[] scratch) {
      float[] ofCode = new float[code.length];
      for (int i = 0; i < code.length; i++) {
        if (code[i] > 0) {
          float[] weights = output.values()[i];
          float sum = 0;
          for (int k = 0; k < delta.length; k++) {
            sum += delta[k] * weights[k];
          }
          ofCode[i] = 2 * scale * sum;
          FloatRows.add1(output.gradient()[i], delta.length, code[i], delta);
        }
      }
      FloatRows.add1(outputBias.gradient()[0], delta.length, 1, delta);
      FloatRows.add1(codeBias.gradient()[0], code.length, 1, ofCode);
      for (int f = 0; f < row.length; f++) {
        if (row[f] != 0) {
          FloatRows.add1(encoder.gradient()[f], code.length, row[f], ofCode);
        }
      }
    }
  }
}
