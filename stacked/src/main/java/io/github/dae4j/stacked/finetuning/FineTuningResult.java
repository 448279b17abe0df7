package io.github.dae4j.stacked.finetuning;

import java.util.List;

/**
 * What a fine-tuning did; the network has the parameters of {@code best}.
 *
 * @param epochs each epoch that was begun, the last of which patience may have cut short
 * @param iterations minibatches trained on
 * @param best where the validation score was least; without a validation set the last epoch, NaN
 * @param stopReason what ended it, null while nothing has
 */
public record FineTuningResult(
    List<Epoch> epochs, long iterations, Best best, StopReason stopReason) {

  /** What ended a training. */
  public enum StopReason {
    EPOCHS,
    PATIENCE
  }

  /**
   * One epoch.
   *
   * @param trainingLoss the mean over its examples, each before the step it was part of
   * @param costs means of the parts of this loss: of a ladder that of the labels, then that of each
   *     level from the input up, times its weight; empty if the loss is one
   * @param validationScore the last one in this epoch, NaN if there was none
   * @param seconds validation included
   */
  public record Epoch(
      double trainingLoss, List<Double> costs, double validationScore, double seconds) {

    public Epoch {
      costs = List.copyOf(costs);
    }
  }

  /**
   * The least validation score and where it was found; epochs and minibatches count from 0, and
   * minibatches over all epochs.
   */
  public record Best(double score, int epoch, long iteration) {

    static final Best NONE = new Best(Double.POSITIVE_INFINITY, -1, -1);

    boolean isNone() {
      return epoch < 0;
    }
  }

  public FineTuningResult {
    epochs = List.copyOf(epochs);
  }

  /** The time of all epochs. */
  public double seconds() {
    return epochs.stream().mapToDouble(Epoch::seconds).sum();
  }
}
