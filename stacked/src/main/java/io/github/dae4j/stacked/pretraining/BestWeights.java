package io.github.dae4j.stacked.pretraining;

import io.github.dae4j.stacked.internal.PretrainingState.LayerState;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Watches validation errors under an {@link EarlyStopping} rule and keeps the best weights. */
final class BestWeights {

  private final EarlyStopping rule;
  private LayerState.Best best = new LayerState.Best(-1, 0, 0, 0, null);

  BestWeights(EarlyStopping rule) {
    this.rule = rule;
  }

  /** The weights after an epoch, and their error. */
  void offer(int epoch, double error, INDArray params) {
    boolean first = best.epoch() < 0;
    boolean counts = first || error < best.mark() - rule.improvement() * Math.abs(best.mark());
    double mark = counts ? error : best.mark();
    int waited = counts ? 0 : best.waited() + 1;
    best =
        first || error < best.lowest()
            ? new LayerState.Best(epoch, error, mark, waited, params.dup())
            : new LayerState.Best(best.epoch(), best.lowest(), mark, waited, best.weights());
  }

  boolean patienceIsOver() {
    return best.waited() >= rule.patience();
  }

  /** Puts the best weights back and says which epoch's they are. */
  int restore(INDArray params) {
    params.assign(best.weights());
    return best.epoch();
  }

  LayerState.Best state() {
    return best;
  }

  void continueFrom(LayerState.Best state) {
    best = state;
  }
}
