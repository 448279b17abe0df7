package io.github.dae4j.spark;

import io.github.dae4j.stacked.PretrainableNetwork;
import java.io.Serializable;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What workers train together: a layer, or a network with its labels. It is what a task needs to
 * know besides weights and rows, and what a task computes depends on nothing else.
 */
abstract class Work implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final int ORDER = 0;
  private static final int CORRUPTION = 1;
  private static final int VALIDATION = 2;

  private final String configuration;
  private final int stage;
  private final Rounds rounds;
  private final long seed;

  /**
   * Work on a network.
   *
   * @param configuration of it, as JSON
   * @param stage counts what is trained, from 0
   */
  Work(String configuration, int stage, Rounds rounds, long seed) {
    this.configuration = configuration;
    this.stage = stage;
    this.rounds = rounds;
    this.seed = seed;
  }

  /**
   * Where a training is.
   *
   * @param iterations steps of a worker so far
   */
  record Moment(int epoch, int round, int iterations) implements Serializable {}

  int stage() {
    return stage;
  }

  Rounds rounds() {
    return rounds;
  }

  /** The slices of a round, one of each worker. */
  int[] slices(Moment moment) {
    return rounds.slices(moment.round(), seed, stage, moment.epoch());
  }

  /**
   * A worker's part of a round.
   *
   * @param index of the slice
   * @param updater the state to start from; empty for the first round
   */
  Share train(int index, Slice slice, float[] start, float[] updater, Moment moment) {
    int worker = rounds.worker(index);
    if (slice.rows() == 0) {
      return new Share(worker, 0, 0, moment.iterations(), new float[0], new float[0]);
    }
    int[] order = Seeds.permutation(slice.rows(), seed(moment, index, ORDER));
    return train(worker, slice, order, start, updater, moment, seed(moment, index, CORRUPTION));
  }

  /** The same for rows that are there, in a given order. */
  abstract Share train(
      int worker,
      Slice slice,
      int[] order,
      float[] start,
      float[] updater,
      Moment moment,
      long corruption);

  /** The validation errors of a slice's rows, as losses; {@code index} is the slice's. */
  Share error(int index, Slice slice, float[] weights) {
    int rows = judged(slice);
    double sum = rows == 0 ? 0 : error(slice, weights, Seeds.of(seed, stage, VALIDATION, index));
    return new Share(index, rows, sum, 0, new float[0], new float[0]);
  }

  /** How many rows of a slice have a validation error. */
  int judged(Slice slice) {
    return slice.rows();
  }

  /** The sum of the validation errors of all rows that have one. */
  abstract double error(Slice slice, float[] weights, long corruption);

  private long seed(Moment moment, int index, int purpose) {
    return Seeds.of(seed, stage, moment.epoch(), index, purpose);
  }

  /** The network, with a copy of these weights. */
  PretrainableNetwork network(float[] weights) {
    return network(configuration, weights);
  }

  static PretrainableNetwork network(String configuration, float[] weights) {
    PretrainableNetwork network =
        new PretrainableNetwork(MultiLayerConfiguration.fromJson(configuration));
    network.init(row(weights), false);
    return network;
  }

  /** An array as DL4J has parameters and states. */
  static INDArray row(float[] array) {
    return Nd4j.createFromArray(array).reshape(1, array.length);
  }

  /** A copy of a state that may be none. */
  static float[] copy(INDArray state) {
    return state == null ? new float[0] : state.toFloatVector();
  }
}
