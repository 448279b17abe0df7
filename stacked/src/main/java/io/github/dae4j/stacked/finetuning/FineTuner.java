package io.github.dae4j.stacked.finetuning;

import io.github.dae4j.internal.compute.FloatRange;
import io.github.dae4j.stacked.internal.Checkpoints;
import io.github.dae4j.stacked.internal.EpochIterator;
import io.github.dae4j.stacked.internal.FineTuningState;
import io.github.dae4j.stacked.internal.Learner;
import io.github.dae4j.stacked.ladder.Ladder;
import io.github.dae4j.stacked.pretraining.DivergedException;
import java.util.Objects;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Fine-tunes a network in place by backpropagation, validating as it goes, and leaves it with the
 * parameters that validated best (Vincent et al. 2010, section 3.5; the Deep Learning Tutorials'
 * SdA).
 *
 * <p>The network's counts of epochs and iterations start again from 0, and so does its updater,
 * whatever pretraining or an earlier fit left. Listeners of the network are told as in {@code fit}.
 */
public final class FineTuner {

  private final int epochs;
  private final IUpdater updater;
  private final Patience patience;
  private final ValidationScore validationScore;
  private final FreezingSchedule freezing;
  private final Double denoisingWeight;
  private final Double inputDropout;
  private final Double hiddenDropout;
  private final Ladder ladder;

  private FineTuner(Builder builder) {
    epochs = builder.epochs;
    updater = builder.updater;
    patience = builder.patience;
    validationScore = builder.validationScore;
    freezing = builder.freezing;
    denoisingWeight = builder.denoisingWeight;
    inputDropout = builder.inputDropout;
    hiddenDropout = builder.hiddenDropout;
    ladder = builder.ladder;
  }

  /** The same with another number of epochs, none of which is validated. */
  private FineTuner(FineTuner tuner, int number) {
    epochs = number;
    updater = tuner.updater;
    patience = Patience.UNLIMITED;
    validationScore = tuner.validationScore;
    freezing = tuner.freezing;
    denoisingWeight = tuner.denoisingWeight;
    inputDropout = tuner.inputDropout;
    hiddenDropout = tuner.hiddenDropout;
    ladder = tuner.ladder;
  }

  /**
   * Trains until epochs or patience end: features [minibatch, nIn], labels [minibatch, nOut].
   *
   * @throws DivergedException if a loss or a score is not finite; the network then has the best
   *     parameters there were, or those it began with
   */
  public FineTuningResult fit(
      MultiLayerNetwork network, DataSetIterator train, DataSetIterator validation) {
    return fit(network, train, validation, Checkpoints.none());
  }

  /**
   * Trains for all epochs without a validation set; the network keeps the parameters of the last.
   *
   * @throws IllegalArgumentException if there is a patience, which only validation can exhaust
   */
  public FineTuningResult fit(MultiLayerNetwork network, DataSetIterator train) {
    return fit(network, train, null);
  }

  /**
   * Trains on all rows for as many epochs as cross-validation finds best, up to those of the tuner:
   * for labels too few to give a part of them away for good.
   *
   * <p>Copies of the network are trained on all folds but one, in turn, and validated on that one;
   * the number of epochs with the least mean score is that of the network itself. It takes about as
   * many times as long as there are folds.
   *
   * @param rows features [n, nIn] as the network takes them and labels [n, nOut], without masks
   * @param folds in [2, n]; of classes each has about the same share
   * @param minibatch rows of a step, in an order of each epoch's own
   * @param seed of the folds and the orders
   * @return of the training on all rows, whose last epoch is the best
   */
  public FineTuningResult fitCrossValidated(
      MultiLayerNetwork network, DataSet rows, int folds, int minibatch, long seed) {
    Objects.requireNonNull(network, "FineTuner network must not be null");
    network.init();
    if (ladder != null) {
      throw new IllegalArgumentException(
          "FineTuner ladder must be left out of a cross-validation, whose rows all have labels");
    }
    int best = new CrossValidation(this, rows, folds, minibatch, seed).epochs(network);
    return new FineTuner(this, best).fit(network, new ShuffledIterator(rows, minibatch, seed));
  }

  /**
   * The same as with validation, and states on the way from which {@link #resume} can go on.
   *
   * @param validation null for none
   * @hidden for TrainingRun, whose states are internal
   */
  public FineTuningResult fit(
      MultiLayerNetwork network,
      DataSetIterator train,
      DataSetIterator validation,
      Checkpoints<FineTuningState<FineTuningResult>> checkpoints) {
    requireGiven(network, train);
    network.init(); // does nothing to a network that has parameters
    requireSuits(network, validation);
    return new FineTuning(this, network, train, validation, checkpoints).run(null);
  }

  /**
   * Goes on from a state, to the same bits as if it had never stopped; the network may have any
   * parameters. ND4J's generator of this thread gets its state of then.
   *
   * @param train what {@code fit} was given; unless it is an {@link EpochIterator}, it must give
   *     the same minibatches in the same order after each reset
   * @hidden for TrainingRun, whose states are internal
   */
  public FineTuningResult resume(
      FineTuningState<FineTuningResult> state,
      MultiLayerNetwork network,
      DataSetIterator train,
      DataSetIterator validation,
      Checkpoints<FineTuningState<FineTuningResult>> checkpoints) {
    requireGiven(network, train);
    network.init();
    requireSuits(network, validation);
    return new FineTuning(this, network, train, validation, checkpoints).run(state);
  }

  /**
   * That it can tune a network, for those who do much before: what {@code fit} would refuse of both
   * is refused here, and nothing is changed.
   *
   * @param network initialised
   * @throws IllegalArgumentException naming the setting that does not suit
   */
  public void requireSuits(MultiLayerNetwork network, DataSetIterator validation) {
    requireLayerToTrain(network);
    requireMeasureFor(network, validation);
    if (ladder != null) {
      ladder.requireSuits(network);
      return;
    }
    if (updater != null) {
      FloatRange.requireRate(
          "FineTuner", updater, network.getLayerWiseConfigurations().getDataType());
      new TrainedLayers(network).requireUpdatersReplaceable();
    }
    TemporarySettings.begin(network, this).close();
  }

  /** Gives a network's configuration the updater that it has after a fine-tuning. */
  public void configure(MultiLayerNetwork network) {
    if (updater != null && ladder == null) {
      new TrainedLayers(network).replaceUpdaters(this::newUpdater);
    }
  }

  /** All settings that decide what is learnt, as JSON. */
  public String toJson() {
    return FineTunerJson.of(this);
  }

  private static void requireGiven(MultiLayerNetwork network, DataSetIterator train) {
    Objects.requireNonNull(network, "FineTuner network must not be null");
    Objects.requireNonNull(train, "FineTuner train must not be null");
  }

  private void requireLayerToTrain(MultiLayerNetwork network) {
    int first = freezing.firstTrainedLayer(0);
    if (!(first < network.getnLayers())) {
      throw new IllegalArgumentException(
          "FineTuner freezing leaves no layer to train: %d are frozen of %d"
              .formatted(first, network.getnLayers()));
    }
    if (!(network.getOutputLayer() instanceof IOutputLayer)) {
      throw new IllegalArgumentException(
          "FineTuner network must end in an output layer, got a "
              + network.getOutputLayer().conf().getLayer().getClass().getSimpleName());
    }
  }

  private void requireMeasureFor(MultiLayerNetwork network, DataSetIterator validation) {
    if (validation == null && !patience.equals(Patience.UNLIMITED)) {
      throw new IllegalArgumentException(
          "FineTuner patience needs a validation set, got " + patience);
    }
    if (validation == null || validationScore != ValidationScore.CLASSIFICATION_ERROR) {
      return;
    }
    if (validation instanceof ReconstructionIterator) {
      throw new IllegalArgumentException(
          "FineTuner validationScore must be LOSS for a ReconstructionIterator, got"
              + " CLASSIFICATION_ERROR");
    }
    if (!ValidationScore.classifies(network)) {
      throw new IllegalArgumentException(
          "FineTuner validationScore must be LOSS for an output layer that does not classify, got"
              + " CLASSIFICATION_ERROR");
    }
  }

  int epochs() {
    return epochs;
  }

  /** Null where layers keep their own. */
  IUpdater updater() {
    return updater;
  }

  /** One for each layer: DL4J's setters change them in place. */
  private IUpdater newUpdater() {
    return updater.clone();
  }

  Patience patience() {
    return patience;
  }

  /** Null for the one that suits network and data. */
  ValidationScore validationScore() {
    return validationScore;
  }

  ValidationScore validationScoreFor(MultiLayerNetwork network, DataSetIterator validation) {
    if (validationScore != null) {
      return validationScore;
    }
    return validation instanceof ReconstructionIterator || !ValidationScore.classifies(network)
        ? ValidationScore.LOSS
        : ValidationScore.CLASSIFICATION_ERROR;
  }

  FreezingSchedule freezing() {
    return freezing;
  }

  /** Null where layer 0 keeps its own. */
  Double denoisingWeight() {
    return denoisingWeight;
  }

  /** Null where layers keep their own. */
  Double inputDropout() {
    return inputDropout;
  }

  Double hiddenDropout() {
    return hiddenDropout;
  }

  /** Null where the network's own loss is the objective. */
  Ladder ladder() {
    return ladder;
  }

  Learner learner(MultiLayerNetwork network) {
    return ladder == null
        ? new Backpropagation(this, network)
        : ladder.learner(network, updater, epochs);
  }

  /** Builds a {@link FineTuner}; only {@code epochs} has no default. */
  public static final class Builder {

    private int epochs;
    private IUpdater updater;
    private Patience patience = Patience.UNLIMITED;
    private ValidationScore validationScore;
    private FreezingSchedule freezing = FreezingSchedule.NONE;
    private Double denoisingWeight;
    private Double inputDropout;
    private Double hiddenDropout;
    private Ladder ladder;

    /** The number of epochs after which training ends at the latest. */
    public Builder epochs(int epochs) {
      requirePositive(epochs);
      this.epochs = epochs;
      return this;
    }

    /**
     * Replaces the updaters of all layers, biases included, in the network's configuration too; by
     * default each layer keeps the updater it was configured with.
     */
    public Builder updater(IUpdater updater) {
      this.updater = required("updater", updater).clone();
      return this;
    }

    /** When to validate and when to give up; by default each epoch, and never. */
    public Builder patience(Patience patience) {
      this.patience = required("patience", patience);
      return this;
    }

    /**
     * What validation measures; by default the classification error where the output layer
     * classifies, and the loss otherwise.
     */
    public Builder validationScore(ValidationScore validationScore) {
      this.validationScore = required("validationScore", validationScore);
      return this;
    }

    /**
     * Which layers train when; all and always by default. Where the schedule unfreezes, the updater
     * and the iteration count start again: Adam corrects its bias by that count.
     */
    public Builder freezing(FreezingSchedule freezing) {
      this.freezing = required("freezing", freezing);
      return this;
    }

    /**
     * Adds weight x the denoising loss of layer 0, a {@code DenoisingAutoEncoder}, while that layer
     * trains; by default the weight is the layer's own. Validation does not count it.
     */
    public Builder denoisingWeight(double denoisingWeight) {
      if (!(denoisingWeight >= 0 && denoisingWeight < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "FineTuner denoisingWeight must be in [0, infinity), got " + denoisingWeight);
      }
      this.denoisingWeight = denoisingWeight;
      return this;
    }

    /**
     * Drops values with these probabilities during fine-tuning, and scales up those it keeps
     * (Srivastava et al. 2014); by default layers keep the dropout they were configured with.
     *
     * @param input for the network's input
     * @param hidden for the input of every further layer
     */
    public Builder dropout(double input, double hidden) {
      inputDropout = probability("input", input);
      hiddenDropout = probability("hidden", hidden);
      return this;
    }

    /**
     * Denoises at every level besides telling the labels, on minibatches of a {@link
     * PartlyLabelledIterator}. The updater is then Adam at 0.002 unless one is given; it does not
     * become that of the network. The end of patience begins the fall of its rate.
     */
    public Builder ladder(Ladder ladder) {
      this.ladder = required("ladder", ladder);
      return this;
    }

    private void requireSuitsLadder() {
      requireWithoutLadder("freezing", freezing.equals(FreezingSchedule.NONE));
      requireWithoutLadder("denoisingWeight", denoisingWeight == null);
      requireWithoutLadder("dropout", inputDropout == null);
    }

    private static void requireWithoutLadder(String setting, boolean isLeftOut) {
      if (!isLeftOut) {
        throw new IllegalArgumentException(
            "FineTuner %s must be left out with a ladder, whose noise is at every level"
                .formatted(setting));
      }
    }

    private static double probability(String which, double value) {
      if (!(value >= 0 && value < 1)) {
        throw new IllegalArgumentException(
            "FineTuner dropout %s must be in [0, 1), got %s".formatted(which, value));
      }
      return value;
    }

    public FineTuner build() {
      requirePositive(epochs);
      if (ladder != null) {
        requireSuitsLadder();
      }
      return new FineTuner(this);
    }

    private static void requirePositive(int epochs) {
      if (!(epochs > 0)) {
        throw new IllegalArgumentException("FineTuner epochs must be > 0, got " + epochs);
      }
    }

    private static <T> T required(String parameter, T value) {
      return Objects.requireNonNull(value, () -> "FineTuner " + parameter + " must not be null");
    }
  }
}
