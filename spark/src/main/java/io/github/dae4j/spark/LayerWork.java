package io.github.dae4j.spark;

import io.github.dae4j.stacked.PretrainableNetwork;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import io.github.dae4j.stacked.pretraining.LocalSteps;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The pretraining of one layer, on the codes of those below it. */
final class LayerWork extends Work {

  private static final long serialVersionUID = 1L;

  private final int nIn;

  /** Of a network that is this layer alone, on the first nIn columns of slices. */
  LayerWork(String configuration, int layer, int nIn, Rounds rounds, long seed) {
    super(configuration, layer, rounds, seed);
    this.nIn = nIn;
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
    try (LocalSteps steps = LocalSteps.of(network)) {
      steps.continueFrom(
          moment.iterations(), moment.epoch(), updater.length == 0 ? null : row(updater));
      double loss = steps.train(slice.minibatches(nIn, order, rounds().minibatch()), corruption);
      return new Share(
          worker,
          slice.rows(),
          loss,
          steps.iterations(),
          copy(network.params()),
          copy(steps.updaterState()));
    }
  }

  @Override
  double error(Slice slice, float[] weights, long corruption) {
    try (LocalSteps steps = LocalSteps.of(network(weights))) {
      return steps.error(input(slice), corruption);
    }
  }

  /** The codes of rows. */
  Slice encode(Slice slice, float[] weights) {
    if (slice.rows() == 0) {
      return slice;
    }
    INDArray codes = StackedDenoisingAutoEncoder.of(network(weights)).encode(input(slice));
    return new Slice((int) codes.size(1), Slice.cells(codes));
  }

  private INDArray input(Slice slice) {
    return slice.columns(0, nIn, slice.first(slice.rows()));
  }
}
