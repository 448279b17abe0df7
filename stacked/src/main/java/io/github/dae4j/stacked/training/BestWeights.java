package io.github.dae4j.stacked.training;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Watches validation errors under an {@link EarlyStopping} rule and keeps the best weights. */
final class BestWeights {

  private final EarlyStopping rule;
  private INDArray weights;
  private int epoch = -1;
  private double lowest;
  private double mark;
  private int waited;

  BestWeights(EarlyStopping rule) {
    this.rule = rule;
  }

  /** The weights after an epoch, and their error. */
  void offer(int epoch, double error, INDArray params) {
    boolean first = this.epoch < 0;
    if (first || error < mark - rule.improvement() * Math.abs(mark)) {
      mark = error;
      waited = 0;
    } else {
      waited++;
    }
    if (first || error < lowest) {
      lowest = error;
      this.epoch = epoch;
      weights = params.dup();
    }
  }

  boolean patienceIsOver() {
    return waited >= rule.patience();
  }

  /** Puts the best weights back and says which epoch's they are. */
  int restore(INDArray params) {
    params.assign(weights);
    return epoch;
  }
}
