package io.github.dae4j.stacked.pretraining;

import io.github.dae4j.stacked.PretrainableNetwork;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Prints what an epoch of each layer of a stack costs beside one of a layer that stands alone: a
 * program, because timings do not belong in tests. Rounds alternate, the least processor times are
 * compared; with OMP_NUM_THREADS=1, all of it is spent in this thread.
 */
final class EpochCost {

  private static final int WIDTH = 400;
  private static final int EXAMPLES = 4_000;
  private static final int MINIBATCH = 20;
  private static final int ROUNDS = 9;
  private static final long[] BUDGETS = {Long.MAX_VALUE, 0};

  private EpochCost() {}

  public static void main(String[] args) {
    DataSetIterator data = data();
    for (long budget : BUDGETS) {
      List<List<Double>> rounds = new ArrayList<>();
      for (int round = 0; round <= ROUNDS; round++) {
        List<Double> seconds = seconds(Stacks.of(WIDTH, WIDTH), data, budget);
        seconds.addAll(seconds(Stacks.of(WIDTH, WIDTH, WIDTH, WIDTH), data, budget));
        if (round > 0) { // the first warms up
          rounds.add(seconds);
        }
      }
      print(budget == 0 ? "in a file" : "in memory", rounds);
    }
  }

  /** Processor seconds of each layer's epoch. */
  private static List<Double> seconds(
      PretrainableNetwork network, DataSetIterator data, long budget) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    List<Double> seconds = new ArrayList<>();
    network.setListeners(
        new BaseTrainingListener() {
          private long start;

          @Override
          public void onEpochStart(Model model) {
            start = threads.getCurrentThreadCpuTime();
          }

          @Override
          public void onEpochEnd(Model model) {
            seconds.add((threads.getCurrentThreadCpuTime() - start) / 1e9);
          }
        });
    new GreedyPretrainer.Builder()
        .plan(LayerPlan.ofEpochs(1).withLearningRate(0.001))
        .memoryBudget(budget)
        .build()
        .pretrain(network, data);
    return seconds;
  }

  private static void print(String place, List<List<Double>> rounds) {
    double alone = least(rounds, 0);
    System.out.printf("%s: alone %.2f s an epoch", place, alone);
    for (int layer = 0; layer < 3; layer++) {
      double own = least(rounds, layer + 1);
      System.out.printf(", layer %d %.2f s = %.3f", layer, own, own / alone);
    }
    System.out.println();
  }

  /** The least of all rounds: whatever else the machine does only adds. */
  private static double least(List<List<Double>> rounds, int column) {
    return rounds.stream().mapToDouble(round -> round.get(column)).min().orElseThrow();
  }

  private static DataSetIterator data() {
    INDArray x = Nd4j.rand(EXAMPLES, WIDTH);
    List<DataSet> batches = new ArrayList<>();
    for (int from = 0; from < EXAMPLES; from += MINIBATCH) {
      int[] rows = IntStream.range(from, Math.min(from + MINIBATCH, EXAMPLES)).toArray();
      batches.add(new DataSet(x.getRows(rows), Nd4j.ones(rows.length, 1)));
    }
    return new ListDataSetIterator<>(batches, 1);
  }
}
