package io.github.dae4j.benchmarks;

import io.github.dae4j.stacked.PretrainableNetwork;
import io.github.dae4j.stacked.pretraining.GreedyPretrainer;
import io.github.dae4j.stacked.pretraining.LayerPlan;
import io.github.dae4j.stacked.pretraining.LayerResult;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** The ways to train one layer for an epoch. */
enum EpochKind {
  /** {@code PretrainableNetwork.pretrain}, a listener reading the cost. */
  PRETRAIN,
  /** The same without a listener, so without a cost. */
  PRETRAIN_WITHOUT_COST,
  /** {@code GreedyPretrainer}, which tells the cost itself; its copying of the data not counted. */
  GREEDY,
  /** DL4J's {@code AutoEncoder}, a listener reading the cost. */
  BUILT_IN,
  /** The same without a listener. */
  BUILT_IN_WITHOUT_COST;

  /** How long an epoch took, and the mean cost of its steps, NaN if nobody asked. */
  record Epoch(double seconds, double cost) {}

  private final EpochCosts costs = new EpochCosts();

  /** A network to train in this way. */
  PretrainableNetwork network(int nIn, int hidden) {
    boolean builtIn = this == BUILT_IN || this == BUILT_IN_WITHOUT_COST;
    PretrainableNetwork network =
        builtIn ? Networks.builtIn(nIn, hidden) : Networks.denoising(nIn, hidden);
    if (this == PRETRAIN || this == BUILT_IN) {
      network.setListeners(costs);
    }
    return network;
  }

  /** Trains for one epoch. */
  Epoch train(PretrainableNetwork network, DataSetIterator data) {
    return this == GREEDY ? greedy(network, data) : pretrain(network, data);
  }

  private Epoch pretrain(PretrainableNetwork network, DataSetIterator data) {
    long start = System.nanoTime();
    network.pretrain(data, 1);
    return new Epoch((System.nanoTime() - start) / 1e9, costs.take());
  }

  private static Epoch greedy(PretrainableNetwork network, DataSetIterator data) {
    LayerResult result =
        new GreedyPretrainer.Builder()
            .plan(LayerPlan.ofEpochs(1))
            .build()
            .pretrain(network, data)
            .get(0);
    return new Epoch(result.seconds(), result.trainingCosts().get(0));
  }
}
