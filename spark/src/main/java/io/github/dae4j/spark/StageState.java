package io.github.dae4j.spark;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the training of a stage is, between two rounds.
 *
 * @param moment of the next round
 * @param updater the updater's averaged state, empty before the first round and if it keeps none
 * @param lossSum of the present epoch
 * @param rows trained on in the present epoch
 * @param losses of the epochs before
 * @param errors likewise, of the validation rows; empty without any
 * @param best the weights with the lowest error; null without validation
 * @param bestEpoch theirs
 */
record StageState(
    Work.Moment moment,
    BlockMomentum weights,
    float[] updater,
    double lossSum,
    long rows,
    List<Double> losses,
    List<Double> errors,
    float[] best,
    int bestEpoch) {

  static StageState first(double momentum, float[] weights) {
    return new StageState(
        new Work.Moment(0, 0, 0),
        BlockMomentum.from(momentum, weights),
        new float[0],
        0,
        0,
        List.of(),
        List.of(),
        null,
        0);
  }

  /** The mean loss of the present epoch so far, NaN before its first row. */
  double loss() {
    return lossSum / rows;
  }

  /** After a round of the present epoch. */
  StageState after(float[] start, Averages mean) {
    Work.Moment next = new Work.Moment(moment.epoch(), moment.round() + 1, mean.iterations());
    if (mean.rows() == 0) {
      next = new Work.Moment(moment.epoch(), moment.round() + 1, moment.iterations());
      return new StageState(next, weights, updater, lossSum, rows, losses, errors, best, bestEpoch);
    }
    return new StageState(
        next,
        weights.after(start, mean.weights()),
        mean.updater(),
        lossSum + mean.lossSum(),
        rows + mean.rows(),
        losses,
        errors,
        best,
        bestEpoch);
  }

  /**
   * After an epoch.
   *
   * @param error of the validation rows, NaN if there are none
   */
  StageState afterEpoch(double error) {
    List<Double> allLosses = with(losses, loss());
    Work.Moment next = new Work.Moment(moment.epoch() + 1, 0, moment.iterations());
    if (Double.isNaN(error)) {
      return new StageState(next, weights, updater, 0, 0, allLosses, errors, null, 0);
    }
    boolean isBest = errors.stream().allMatch(before -> error < before);
    return new StageState(
        next,
        weights,
        updater,
        0,
        0,
        allLosses,
        with(errors, error),
        isBest ? weights.weights() : best,
        isBest ? moment.epoch() : bestEpoch);
  }

  private static List<Double> with(List<Double> values, double value) {
    List<Double> all = new ArrayList<>(values);
    all.add(value);
    return List.copyOf(all);
  }

  /**
   * Epochs since a validation error that counts as better than all that counted before.
   *
   * @param improvement the share by which it must be lower
   */
  int waited(double improvement) {
    double mark = Double.POSITIVE_INFINITY;
    int waited = 0;
    for (double error : errors) {
      boolean counts =
          mark == Double.POSITIVE_INFINITY || error < mark - improvement * Math.abs(mark);
      mark = counts ? error : mark;
      waited = counts ? 0 : waited + 1;
    }
    return waited;
  }

  /** What has been learnt: of all epochs, or of that which validates best. */
  float[] learnt() {
    return best == null ? weights.weights() : best;
  }

  /** Of a stage that is over: what has been learnt, and nothing that only training needs. */
  StageState done() {
    return new StageState(
        moment,
        new BlockMomentum(0, learnt(), new float[0]),
        new float[0],
        0,
        0,
        losses,
        errors,
        null,
        bestEpoch);
  }
}
