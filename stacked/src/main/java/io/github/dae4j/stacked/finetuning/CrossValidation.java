package io.github.dae4j.stacked.finetuning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How many epochs serve rows that a network was not trained on: the mean over copies of it, each
 * trained on all folds but one and validated on that one.
 */
final class CrossValidation {

  private final FineTuner tuner;
  private final DataSet rows;
  private final int minibatch;
  private final long seed;
  private final List<int[]> folds;

  /**
   * @param rows with labels, all of them
   * @param folds in [2, rows]
   */
  CrossValidation(FineTuner tuner, DataSet rows, int folds, int minibatch, long seed) {
    requireRows(rows);
    if (!(folds >= 2 && folds <= rows.numExamples())) {
      throw new IllegalArgumentException(
          "FineTuner folds must be in [2, %d], the number of rows, got %d"
              .formatted(rows.numExamples(), folds));
    }
    this.tuner = tuner;
    this.rows = rows;
    this.minibatch = minibatch;
    this.seed = seed;
    this.folds = folds(folds);
  }

  private static void requireRows(DataSet rows) {
    Objects.requireNonNull(rows, "FineTuner rows must not be null");
    requireMatrix("features", rows.getFeatures());
    requireMatrix("labels", rows.getLabels());
    if (rows.getFeatures().size(0) != rows.getLabels().size(0)) {
      throw new IllegalArgumentException(
          "FineTuner rows must have labels each, got %d rows of labels for %d of features"
              .formatted(rows.getLabels().size(0), rows.getFeatures().size(0)));
    }
    if (rows.hasMaskArrays()) {
      throw new IllegalArgumentException(
          "FineTuner rows must have no masks in a cross-validation, which takes all of them for"
              + " known");
    }
  }

  private static void requireMatrix(String what, INDArray array) {
    if (array == null || array.rank() != 2) {
      throw new IllegalArgumentException(
          "FineTuner rows must have %s [n, width], got %s"
              .formatted(what, array == null ? null : Arrays.toString(array.shape())));
    }
  }

  /** Random ones that have about the same share of each class. */
  private List<int[]> folds(int count) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, rows.numExamples()).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    INDArray labels = rows.getLabels();
    if (labels.size(1) > 1) {
      int[] classes = labels.argMax(1).toIntVector();
      order.sort(Comparator.comparingInt(row -> classes[row]));
    }
    return IntStream.range(0, count)
        .mapToObj(
            fold ->
                IntStream.range(0, order.size())
                    .filter(place -> place % count == fold)
                    .map(order::get)
                    .toArray())
        .toList();
  }

  /** The number of epochs with the least mean score; the first of several. */
  int epochs(MultiLayerNetwork network) {
    List<double[]> scores = new ArrayList<>();
    for (int fold = 0; fold < folds.size(); fold++) {
      scores.add(scores(network.clone(), fold));
    }
    int shortest = scores.stream().mapToInt(of -> of.length).min().orElseThrow();
    double[] sums = new double[shortest];
    for (int fold = 0; fold < folds.size(); fold++) {
      for (int epoch = 0; epoch < shortest; epoch++) {
        sums[epoch] += scores.get(fold)[epoch] * folds.get(fold).length;
      }
    }
    return 1
        + IntStream.range(0, shortest)
            .boxed()
            .min(Comparator.comparingDouble(epoch -> sums[epoch]))
            .orElseThrow();
  }

  private double[] scores(MultiLayerNetwork copy, int fold) {
    copy.setListeners();
    int[] train =
        IntStream.range(0, folds.size())
            .filter(other -> other != fold)
            .flatMap(other -> IntStream.of(folds.get(other)))
            .sorted()
            .toArray();
    FineTuningResult result =
        tuner.fit(
            copy,
            new ShuffledIterator(pick(train), minibatch, seed),
            new ViewIterator(pick(folds.get(fold)), minibatch));
    return result.epochs().stream()
        .mapToDouble(FineTuningResult.Epoch::validationScore)
        .takeWhile(score -> !Double.isNaN(score)) // patience may end within an epoch
        .toArray();
  }

  private DataSet pick(int[] picked) {
    return new DataSet(
        Nd4j.pullRows(rows.getFeatures(), 1, picked), Nd4j.pullRows(rows.getLabels(), 1, picked));
  }
}
