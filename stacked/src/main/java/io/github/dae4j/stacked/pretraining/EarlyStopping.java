package io.github.dae4j.stacked.pretraining;

import io.github.dae4j.stacked.internal.PretrainingState.LayerState;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.databind.node.JsonNodeFactory;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/**
 * When a layer has learnt enough: after {@code patience} epochs without a validation error that is
 * better by a share of {@code improvement}. The weights of the lowest error are kept in any case.
 *
 * @param patience epochs without improvement that end the layer's training, at least 1
 * @param improvement the share by which an error must be lower to count, in [0, 1)
 */
public record EarlyStopping(int patience, double improvement) {

  public EarlyStopping {
    if (patience < 1) {
      throw new IllegalArgumentException("EarlyStopping patience must be >= 1, got " + patience);
    }
    if (!(improvement >= 0 && improvement < 1)) {
      throw new IllegalArgumentException(
          "EarlyStopping improvement must be in [0, 1), got " + improvement);
    }
  }

  /** Any lower error counts as an improvement. */
  public EarlyStopping(int patience) {
    this(patience, 0);
  }

  ObjectNode toJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("patience", patience)
        .put("improvement", improvement);
  }

  /** Watches validation errors under a rule and keeps the best weights. */
  static final class BestWeights {

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
}
