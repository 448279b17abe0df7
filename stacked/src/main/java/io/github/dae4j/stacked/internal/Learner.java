package io.github.dae4j.stacked.internal;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** How fine-tuning changes a network from one minibatch to the next, between validations. */
public interface Learner extends AutoCloseable {

  /** Another set of layers may train from this epoch on. */
  void beginStage(int epoch);

  /**
   * An epoch begins, or goes on.
   *
   * @param iteration the minibatches of all epochs before it
   * @param patienceLimit the minibatch at which patience ends, as it is then
   */
  void beginEpoch(int epoch, long iteration, double patienceLimit);

  /** Learns from a minibatch and returns its loss, from before the step. */
  double step(DataSet minibatch, int epoch, long iteration);

  /** The parts that the loss of the last step is the sum of; empty if it is one. */
  default List<Double> costs() {
    return List.of();
  }

  /** Gives the network the parameters that it has for use. */
  void show();

  /** Whether clear improvements still make patience last longer. */
  boolean heedsImprovement();

  /** Whether the end of patience, or of what follows it, ends training after this minibatch. */
  boolean isOver(double patienceLimit, long iteration, boolean endOfEpoch);

  /** A copy of all that it keeps besides the network's parameters; null if nothing. */
  INDArray state();

  /** Goes on from what {@link #state} was; the stage has begun. */
  void restore(INDArray state);

  /** Of the step that was just done, NaN if there is none. */
  double lastLearningRate();

  /** The network is an ordinary one again. */
  @Override
  void close();
}
