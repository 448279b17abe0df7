package io.github.dae4j.stacked.finetuning;

import java.util.Objects;
import org.deeplearning4j.earlystopping.termination.EpochTerminationCondition;

/**
 * The patience rule for DL4J's own {@code EarlyStoppingTrainer}, which validates after an epoch and
 * never within one: it stops at the end of the epoch in which patience runs out.
 *
 * <p>A score that DL4J maximizes, all of which are at most 1, counts as the error 1 - score.
 */
public class PatienceTermination implements EpochTerminationCondition {

  private static final long serialVersionUID = 1L;

  private final Patience patience;
  private final int minibatchesPerEpoch;
  private double limit;
  private double bestScore;

  public PatienceTermination(Patience patience, int minibatchesPerEpoch) {
    if (!(minibatchesPerEpoch > 0)) {
      throw new IllegalArgumentException(
          "PatienceTermination minibatchesPerEpoch must be > 0, got " + minibatchesPerEpoch);
    }
    this.patience =
        Objects.requireNonNull(patience, "PatienceTermination patience must not be null");
    this.minibatchesPerEpoch = minibatchesPerEpoch;
    initialize();
  }

  @Override
  public void initialize() {
    limit = patience.iterations();
    bestScore = Double.POSITIVE_INFINITY;
  }

  @Override
  public boolean terminate(int epoch, double score, boolean minimize) {
    double error = minimize ? score : 1 - score;
    long last = (epoch + 1L) * minibatchesPerEpoch - 1;
    limit = patience.extended(limit, last, error, bestScore);
    bestScore = Math.min(bestScore, error);
    return patience.isExhausted(limit, last);
  }

  @Override
  public String toString() {
    return "PatienceTermination(" + patience + ", minibatchesPerEpoch=" + minibatchesPerEpoch + ")";
  }
}
