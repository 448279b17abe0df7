package io.github.dae4j.benchmarks;

import io.github.dae4j.corruption.SwapCorruption;
import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.stacked.PretrainableNetwork;
import io.github.dae4j.stacked.pretraining.GreedyPretrainer;
import io.github.dae4j.stacked.pretraining.LayerPlan;
import io.github.dae4j.stacked.pretraining.LayerResult;
import java.util.function.UnaryOperator;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** The ways to train one layer for an epoch. */
enum EpochKind {
  /** {@code PretrainableNetwork.pretrain}, a listener reading the loss. */
  PRETRAIN,
  /** The same without a listener, so without a loss. */
  PRETRAIN_WITHOUT_LOSS,
  /** The same with a user's own listener, which reads the score in {@code iterationDone}. */
  OWN_LISTENER,
  /** The same with a user's own listener, which looks at the gradient in each step. */
  GRADIENT_LISTENER,
  /** The same with DL4J's {@code StatsListener}, which reports every 100 steps. */
  STATS_LISTENER,
  /** {@code PRETRAIN} with swap corruption. */
  SWAP,
  /** {@code PRETRAIN} with emphasis: corrupted cells count 1, the others 0.5. */
  EMPHASIS,
  /** {@code GreedyPretrainer}, which tells the loss itself; its copying of the data not counted. */
  GREEDY,
  /** DL4J's {@code AutoEncoder}, a listener reading the loss. */
  BUILT_IN,
  /** The same without a listener. */
  BUILT_IN_WITHOUT_LOSS;

  private static final int STEPS_BETWEEN_REPORTS = 100;

  /** How long an epoch took, and the mean loss of its steps, NaN if nobody asked. */
  record Epoch(double seconds, double loss) {}

  private final EpochLoss losses = new EpochLoss();

  /** A network to train in this way. */
  PretrainableNetwork network(int nIn, int hidden) {
    PretrainableNetwork network =
        switch (this) {
          case BUILT_IN, BUILT_IN_WITHOUT_LOSS -> Networks.builtIn(nIn, hidden);
          default -> Networks.denoising(nIn, hidden, settings());
        };
    network.setListeners(listeners());
    return network;
  }

  private UnaryOperator<DenoisingAutoEncoder.Builder> settings() {
    return switch (this) {
      case SWAP -> layer -> layer.corruption(new SwapCorruption(Networks.LEVEL));
      case EMPHASIS -> layer -> layer.emphasis(1, 0.5);
      default -> layer -> layer;
    };
  }

  private TrainingListener[] listeners() {
    return switch (this) {
      case PRETRAIN, BUILT_IN, SWAP, EMPHASIS -> new TrainingListener[] {losses};
      case OWN_LISTENER -> new TrainingListener[] {new Own()};
      case GRADIENT_LISTENER -> new TrainingListener[] {new OfGradients()};
      case STATS_LISTENER -> {
        StatsStorage storage = new InMemoryStatsStorage();
        yield new TrainingListener[] {new StatsListener(storage, STEPS_BETWEEN_REPORTS)};
      }
      default -> new TrainingListener[0];
    };
  }

  /** What a user writes to follow the score. */
  private static final class Own extends BaseTrainingListener {

    private double sum;

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
      sum += model.score();
    }
  }

  /** What a user writes to follow the gradient. */
  private static final class OfGradients extends BaseTrainingListener {

    private double largest;

    @Override
    public void onGradientCalculation(Model model) {
      largest = Math.max(largest, model.gradient().getGradientFor("W").amaxNumber().doubleValue());
    }
  }

  /** Trains for one epoch. */
  Epoch train(PretrainableNetwork network, DataSetIterator data) {
    return this == GREEDY ? greedy(network, data) : pretrain(network, data);
  }

  private Epoch pretrain(PretrainableNetwork network, DataSetIterator data) {
    long start = System.nanoTime();
    network.pretrain(data, 1);
    return new Epoch((System.nanoTime() - start) / 1e9, losses.take());
  }

  private static Epoch greedy(PretrainableNetwork network, DataSetIterator data) {
    LayerResult result =
        new GreedyPretrainer.Builder()
            .plan(LayerPlan.ofEpochs(1))
            .build()
            .pretrain(network, data)
            .get(0);
    return new Epoch(result.seconds(), result.trainingLosses().get(0));
  }
}
