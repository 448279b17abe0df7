package io.github.dae4j.spark;

import io.github.dae4j.stacked.PretrainableNetwork;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Fine-tuning of a whole network, on rows whose last column is the label. */
final class TuningWork extends Work {

  private static final long serialVersionUID = 1L;

  private final int nIn;
  private final int classes;

  /**
   * Work on a network with an output layer.
   *
   * @param nIn features before the label
   * @param classes 0 if the label is a number
   */
  TuningWork(String configuration, int stage, int nIn, int classes, Rounds rounds, long seed) {
    super(configuration, stage, rounds, seed);
    this.nIn = nIn;
    this.classes = classes;
  }

  @Override
  Share train(
      int worker,
      Slice slice,
      int[] order,
      float[] start,
      float[] updater,
      Moment moment,
      long corruption) {
    PretrainableNetwork network = network(start);
    MultiLayerConfiguration conf = network.getLayerWiseConfigurations();
    conf.setIterationCount(moment.iterations());
    conf.setEpochCount(moment.epoch());
    if (updater.length > 0) {
      network.getUpdater().setStateViewArray(network, row(updater), false);
    }
    int[] labelled = labelled(slice, order);
    INDArray x = slice.columns(0, nIn, labelled);
    INDArray y = labels(slice, labelled);
    double sum = 0;
    for (int from = 0; from < labelled.length; from += rounds().minibatch()) {
      int to = Math.min(from + rounds().minibatch(), labelled.length);
      network.fit(rows(x, from, to), rows(y, from, to));
      sum += network.score() * (to - from);
    }
    return new Share(
        worker,
        labelled.length,
        sum,
        conf.getIterationCount(),
        copy(network.params()),
        copy(network.getUpdater().getStateViewArray()));
  }

  /** The rows that have a label. */
  private int[] labelled(Slice slice, int[] order) {
    return Arrays.stream(order)
        .filter(row -> !Float.isNaN(slice.cells()[row * slice.width() + nIn]))
        .toArray();
  }

  private INDArray labels(Slice slice, int[] rows) {
    if (classes == 0) {
      return slice.columns(nIn, nIn + 1, rows);
    }
    float[] oneHot = new float[rows.length * classes];
    for (int i = 0; i < rows.length; i++) {
      oneHot[i * classes + (int) slice.cells()[rows[i] * slice.width() + nIn]] = 1;
    }
    return Nd4j.createFromArray(oneHot).reshape(rows.length, classes);
  }

  private static INDArray rows(INDArray all, int from, int to) {
    return all.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
  }

  @Override
  int judged(Slice slice) {
    return labelled(slice, slice.first(slice.rows())).length;
  }

  /** Wrong classes, or squared differences. */
  @Override
  double error(Slice slice, float[] weights, long corruption) {
    int[] labelled = labelled(slice, slice.first(slice.rows()));
    float[][] predicted =
        Slice.rows(
            StackedDenoisingAutoEncoder.of(network(weights))
                .predict(slice.columns(0, nIn, labelled)));
    double sum = 0;
    for (int i = 0; i < labelled.length; i++) {
      float label = slice.cells()[labelled[i] * slice.width() + nIn];
      double difference = predicted[i][0] - label;
      sum += classes == 0 ? difference * difference : best(predicted[i]) == (int) label ? 0 : 1;
    }
    return sum;
  }

  static int best(float[] probabilities) {
    int best = 0;
    for (int i = 1; i < probabilities.length; i++) {
      best = probabilities[i] > probabilities[best] ? i : best;
    }
    return best;
  }
}
