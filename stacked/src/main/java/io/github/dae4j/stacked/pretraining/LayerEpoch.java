package io.github.dae4j.stacked.pretraining;

import io.github.dae4j.stacked.internal.PretrainingState.LayerState;
import io.github.dae4j.stacked.internal.RandomState;
import io.github.dae4j.stacked.internal.RunSeed;
import java.util.Arrays;
import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;

/**
 * One epoch of a layer: its order and its corruption, which (seed, layer, epoch) determine, and how
 * far it has come.
 */
final class LayerEpoch {

  private final int[] order;
  private final Random corruption;
  private final INDArray before;
  private int next;
  private double scoreSum;

  private LayerEpoch(
      DetachedLayer detached, GreedyPretraining.Settings settings, int rows, INDArray before) {
    int index = detached.index();
    int epoch = detached.layer().conf().getEpochCount();
    order = settings.order(index, epoch, rows);
    this.before = before;
    if (detached.denoising() == null) {
      corruption = null;
    } else {
      corruption = settings.seed().random(RunSeed.Purpose.CORRUPTION, index, epoch);
      detached.denoising().setRandom(corruption);
    }
  }

  /** The present epoch of a layer, at its first example. */
  static LayerEpoch first(DetachedLayer detached, GreedyPretraining.Settings settings, int rows) {
    return new LayerEpoch(detached, settings, rows, detached.layer().params().dup());
  }

  /** The present epoch of a layer, further on. */
  static LayerEpoch at(
      LayerState.Position position,
      DetachedLayer detached,
      GreedyPretraining.Settings settings,
      int rows) {
    LayerEpoch epoch = new LayerEpoch(detached, settings, rows, position.before());
    epoch.next = position.next();
    epoch.scoreSum = position.scoreSum();
    if (epoch.corruption != null) {
      position.corruption().restore(epoch.corruption);
    }
    return epoch;
  }

  boolean hasNext() {
    return next < order.length;
  }

  /** The rows of the next minibatch. */
  int[] next(int minibatch) {
    return Arrays.copyOfRange(order, next, Math.min(next + minibatch, order.length));
  }

  /** So many more examples are trained on, at this mean score. */
  void count(int examples, double score) {
    scoreSum += score * examples;
    next += examples;
  }

  double meanScore() {
    return scoreSum / order.length;
  }

  /** Gives the layer the weights from before this epoch. */
  void undo(Layer layer) {
    layer.params().assign(before);
  }

  LayerState.Position position() {
    RandomState random = corruption == null ? null : RandomState.of(corruption);
    return new LayerState.Position(next, scoreSum, random, before);
  }
}
