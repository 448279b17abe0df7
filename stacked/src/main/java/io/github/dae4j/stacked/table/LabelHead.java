package io.github.dae4j.stacked.table;

import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.finetuning.FineTuner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Tells a label from the features of a row: nets that began as the denoising net's encoder, each
 * with a linear layer above its code, and where labels are few the labels of the nearest rows,
 * whose answers are averaged.
 *
 * @param units of the label
 * @param told the nets, and what was spread
 */
record LabelHead(LabelUnits units, Told told) {

  /** The last one is trained on rows without a label, too. */
  static final int NETS = 3;

  private static final int BATCH = 32;
  private static final double RATE = 0.001;
  private static final double TOP_RATE = 0.003; // of the linear layer, which starts from nothing
  private static final double SURE = 0.8; // share of the rows without a label that get one
  private static final int MOST_UNLABELLED = 5000;

  /**
   * What tells the label of a row.
   *
   * @param nets whose shares count
   * @param spreading whose share is 1; null where most rows have a label
   */
  record Told(List<Net> nets, LabelSpreading spreading) {

    /** The average: probabilities of the classes, or one standardised number. */
    float[] output(float[] filled, int outputs) {
      float[] sum = new float[outputs];
      float shares = 0;
      for (Net net : nets) {
        FloatRows.add1(sum, outputs, net.share(), net.output(filled));
        shares += net.share();
      }
      if (spreading != null) {
        FloatRows.add1(sum, outputs, 1, spreading.output(filled));
        shares += 1;
      }
      for (int i = 0; i < outputs; i++) {
        sum[i] /= shares;
      }
      return sum;
    }
  }

  /**
   * One net: w [features][hidden], b [hidden], u [hidden][outputs], c [outputs].
   *
   * @param share in the average
   */
  record Net(float[][] w, float[] b, float[][] u, float[] c, float share) {

    /** Probabilities of the classes, or the one number. */
    float[] output(float[] row) {
      float[] code = b.clone();
      int[] scratch = new int[Math.max(row.length, b.length)];
      FloatRows.add(code, b.length, row, w, scratch);
      FloatRows.rectify(code, b.length);
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

  /**
   * Trains on labelled rows, and on those of the others that are told with most certainty; where
   * most rows have no label, the known ones are spread as well.
   *
   * @param filled rows without NaN
   * @param targets the index of the class, or a standardised number; NaN of rows without a label
   * @param outputs the number of classes, or 1
   * @param mostUpdates of each net
   * @param training that this is a part of
   */
  static Told train(
      float[][] filled,
      double[] targets,
      int outputs,
      StackedDenoisingAutoEncoder start,
      int mostUpdates,
      long seed,
      TableTraining training) {
    int[] labelled =
        IntStream.range(0, targets.length).filter(i -> !Double.isNaN(targets[i])).toArray();
    int updates = Math.min(mostUpdates, updates(200, labelled.length));
    List<Net> nets = new ArrayList<>();
    for (int run = 0; run < NETS - 1; run++) {
      nets.add(
          tuned(filled, targets, outputs, labelled, start, updates, seed + run, run + 1, training));
    }
    int without = targets.length - labelled.length;
    boolean isFew = without > labelled.length && labelled.length <= LabelSpreading.MOST_LABELLED;
    LabelSpreading spreading =
        isFew && outputs > 1 ? LabelSpreading.fit(filled, targets, outputs, seed) : null;
    if (without > 0 && outputs > 1) {
      double[] more = targets.clone();
      int[] sure = tell(filled, more, outputs, new Told(List.copyOf(nets), spreading), seed);
      int[] rows = IntStream.concat(Arrays.stream(labelled), Arrays.stream(sure)).toArray();
      nets.add(
          tuned(
              filled,
              more,
              outputs,
              rows,
              start,
              Math.min(mostUpdates, updates(30, rows.length)),
              seed + NETS - 1,
              NETS,
              training));
    }
    return new Told(List.copyOf(nets), spreading);
  }

  /** How long each of its nets takes; the last is there if it learns rows without a label. */
  static List<Double> work(int labelled, int unlabelled, int hidden, int mostUpdates) {
    double each = Math.min(mostUpdates, updates(200, labelled));
    int rows = labelled + (int) (SURE * Math.min(MOST_UNLABELLED, unlabelled));
    double last = Math.min(mostUpdates, updates(30, rows));
    List<Double> works = new ArrayList<>(Collections.nCopies(NETS - 1, each * BATCH * hidden));
    if (unlabelled > 0) {
      works.add(last * BATCH * hidden);
    }
    return works;
  }

  private static int updates(int each, int rows) {
    return Math.max(300, Math.min(3000, each * rows / BATCH));
  }

  /** Gives the rows without a label that are told best the likeliest; returns which. */
  private static int[] tell(float[][] filled, double[] targets, int outputs, Told told, long seed) {
    int[] without =
        RowDraw.of(
            IntStream.range(0, targets.length).filter(i -> Double.isNaN(targets[i])).toArray(),
            MOST_UNLABELLED,
            seed);
    double[] certainty = new double[targets.length];
    for (int row : without) {
      float[] p = told.output(filled[row], outputs);
      int best = best(p);
      targets[row] = best;
      certainty[row] = p[best];
    }
    return Arrays.stream(without)
        .boxed()
        .sorted(Comparator.comparingDouble(row -> -certainty[row]))
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

  /**
   * Fine-tunes a copy of a denoising network's encoder under an output layer, with half of the
   * code's units dropped (Srivastava et al. 2014).
   */
  private static Net tuned(
      float[][] filled,
      double[] targets,
      int outputs,
      int[] rows,
      StackedDenoisingAutoEncoder start,
      int updates,
      long seed,
      int number,
      TableTraining training) {
    float share = number == NETS ? 1 : 0.5f;
    List<float[][]> arrays =
        training.network(
            "label " + number,
            updates,
            TableTraining.ARRAYS,
            listener -> tuned(filled, targets, outputs, rows, start, updates, seed, listener));
    return new Net(arrays.get(0), arrays.get(1)[0], arrays.get(2), arrays.get(3)[0], share);
  }

  private static List<float[][]> tuned(
      float[][] filled,
      double[] targets,
      int outputs,
      int[] rows,
      StackedDenoisingAutoEncoder start,
      int updates,
      long seed,
      TrainingListener listener) {
    boolean isNumber = outputs == 1;
    DenoisingNet net = DenoisingNet.of(start);
    StackedDenoisingAutoEncoder stack =
        StackedDenoisingAutoEncoder.builder(net.features(), net.hidden())
            .activation(Activation.RELU)
            .tiedWeights(false)
            .dataType(DataType.FLOAT)
            .updater(new Adam(NetTraining.cosine(RATE, updates)))
            .seed(seed)
            .output(
                new OutputLayer.Builder(isNumber ? LossFunction.MSE : LossFunction.MCXENT)
                    .activation(isNumber ? Activation.IDENTITY : Activation.SOFTMAX)
                    .weightInit(WeightInit.ZERO)
                    .updater(new Adam(NetTraining.cosine(TOP_RATE, updates)))
                    .nOut(outputs)
                    .build())
            .build();
    stack.network().getLayer(0).setParams(start.network().getLayer(0).params());
    if (listener != null) {
      stack.network().setListeners(listener);
    }
    RowMinibatches minibatches =
        new RowMinibatches(
            rows, BATCH, updates, seed, some -> minibatch(filled, targets, outputs, some));
    new FineTuner.Builder().epochs(1).dropout(0, 0.5).build().fit(stack.network(), minibatches);
    DenoisingNet encoder = DenoisingNet.of(stack);
    Layer output = stack.network().getLayer(1);
    return List.of(
        encoder.w(),
        new float[][] {encoder.b()},
        output.getParam(DefaultParamInitializer.WEIGHT_KEY).toFloatMatrix(),
        new float[][] {output.getParam(DefaultParamInitializer.BIAS_KEY).toFloatVector()});
  }

  private static DataSet minibatch(float[][] filled, double[] targets, int outputs, int[] rows) {
    float[][] labels = new float[rows.length][outputs];
    for (int i = 0; i < rows.length; i++) {
      if (outputs == 1) {
        labels[i][0] = (float) targets[rows[i]];
      } else {
        labels[i][(int) targets[rows[i]]] = 1;
      }
    }
    return new DataSet(
        Nd4j.createFromArray(NetTraining.select(filled, rows)), Nd4j.createFromArray(labels));
  }
}
