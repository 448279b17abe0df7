package io.github.dae4j.spark;

import io.github.dae4j.stacked.pretraining.DivergedException;
import io.github.dae4j.stacked.pretraining.EarlyStopping;
import java.util.ArrayList;
import java.util.List;

/**
 * The driver's part of training: stage after stage, epoch after epoch, round after round. It knows
 * workers, but not what they are.
 */
final class RoundTraining {

  private final Workers workers;
  private final Checkpoints checkpoints;
  private final Observer observer;
  private final List<StageState> finished = new ArrayList<>();
  private StageState present;

  /** Is told how the training goes. */
  interface Observer {

    /** Before a round, or, with {@code round} at its end, before the errors of an epoch. */
    default void before(Work work, int epochs, StageState state) {}

    /** After a round. */
    default void after(Work work, StageState state) {}

    /** After an epoch; the newest loss and error are the last of the state's. */
    default void afterEpoch(Work work, StageState state) {}
  }

  /**
   * A training that goes on from its newest checkpoint, if there is one.
   *
   * @param checkpoints null for none
   */
  RoundTraining(Workers workers, Checkpoints checkpoints, Observer observer) {
    this.workers = workers;
    this.checkpoints = checkpoints;
    this.observer = observer;
    Checkpoints.Content from = checkpoints == null ? null : checkpoints.newest();
    if (from != null) {
      finished.addAll(from.finished());
      present = from.stage();
    }
  }

  /**
   * Trains the next stage, or takes it from the checkpoint.
   *
   * @param initial weights
   * @param epochs at most, with a rule
   * @param rule null for all epochs
   * @return the finished stage
   * @throws DivergedException as soon as a loss or an error is not finite
   */
  StageState stage(Work work, float[] initial, int epochs, EarlyStopping rule) {
    if (work.stage() < finished.size()) {
      return finished.get(work.stage());
    }
    if (present == null) {
      present = StageState.first(work.rounds().momentum(), initial);
    }
    while (present.moment().epoch() < epochs && !isOver(rule)) {
      round(work, epochs);
      if (checkpoints != null) {
        checkpoints.write(new Checkpoints.Content(finished, present));
      }
    }
    finished.add(present.done());
    present = null;
    if (checkpoints != null) {
      checkpoints.write(new Checkpoints.Content(finished, null));
    }
    return finished.get(finished.size() - 1);
  }

  private boolean isOver(EarlyStopping rule) {
    return rule != null && present.waited(rule.improvement()) >= rule.patience();
  }

  private void round(Work work, int epochs) {
    observer.before(work, epochs, present);
    float[] start = present.weights().start();
    Averages mean = workers.round(work, present.moment(), start, present.updater());
    present = present.after(start, mean);
    if (present.rows() > 0) {
      requireFinite(work, "its loss", present.loss());
    }
    observer.after(work, present);
    if (present.moment().round() == work.rounds().perEpoch()) {
      observer.before(work, epochs, present);
      double error = workers.error(work, present.weights().weights());
      if (Double.isInfinite(error)) {
        requireFinite(work, "its validation error", error);
      }
      present = present.afterEpoch(error);
      observer.afterEpoch(work, present);
    }
  }

  private void requireFinite(Work work, String what, double value) {
    if (!Double.isFinite(value)) {
      throw new DivergedException(
          "training of stage %d diverged: %s is %s in epoch %d, round %d"
              .formatted(
                  work.stage(),
                  what,
                  value,
                  present.moment().epoch() + 1,
                  present.moment().round()));
    }
  }
}
