package io.github.dae4j.stacked;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Prints what an epoch of each layer of a stack costs beside one of a layer that stands alone: a
 * program, because timings do not belong in tests. Rounds alternate, medians are compared.
 */
final class EpochCost {

  private static final int WIDTH = 400;
  private static final int EXAMPLES = 10_000;
  private static final int MINIBATCH = 20;
  private static final int ROUNDS = 7;
  private static final long[] BUDGETS = {Long.MAX_VALUE, 0};

  private EpochCost() {}

  public static void main(String[] args) {
    DataSetIterator data = data();
    for (long budget : BUDGETS) {
      List<double[]> rounds = new ArrayList<>();
      for (int round = 0; round <= ROUNDS; round++) {
        double[] alone = seconds(Stacks.of(WIDTH, WIDTH), data, budget);
        double[] stack = seconds(Stacks.of(WIDTH, WIDTH, WIDTH, WIDTH), data, budget);
        if (round > 0) { // the first warms up
          rounds.add(new double[] {alone[0], stack[0], stack[1], stack[2]});
        }
      }
      print(budget == 0 ? "in a file" : "in memory", rounds);
    }
  }

  private static double[] seconds(PretrainableNetwork network, DataSetIterator data, long budget) {
    return new GreedyPretrainer.Builder()
            .plan(LayerPlan.ofEpochs(1).withLearningRate(0.001))
            .memoryBudget(budget)
            .build()
            .pretrain(network, data)
            .stream()
            .mapToDouble(LayerResult::seconds)
            .toArray();
  }

  private static void print(String place, List<double[]> rounds) {
    double alone = median(rounds, 0);
    System.out.printf("%s: alone %.2f s an epoch", place, alone);
    for (int layer = 0; layer < 3; layer++) {
      double own = median(rounds, layer + 1);
      System.out.printf(", layer %d %.2f s = %.3f", layer, own, own / alone);
    }
    System.out.println();
  }

  private static double median(List<double[]> rounds, int column) {
    return rounds.stream()
        .mapToDouble(round -> round[column])
        .sorted()
        .skip(rounds.size() / 2)
        .findFirst()
        .orElseThrow();
  }

  private static DataSetIterator data() {
    INDArray x = Nd4j.rand(EXAMPLES, WIDTH);
    List<DataSet> batches = new ArrayList<>();
    for (int from = 0; from < EXAMPLES; from += MINIBATCH) {
      int[] rows = IntStream.range(from, Math.min(from + MINIBATCH, EXAMPLES)).toArray();
      batches.add(new DataSet(x.getRows(rows), null));
    }
    return new ListDataSetIterator<>(batches, 1);
  }
}
