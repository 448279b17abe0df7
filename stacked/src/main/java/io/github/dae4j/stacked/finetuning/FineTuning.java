package io.github.dae4j.stacked.finetuning;

import io.github.dae4j.internal.solver.TrainingThreads;
import io.github.dae4j.listener.ValidationListener;
import io.github.dae4j.stacked.finetuning.FineTuningResult.Best;
import io.github.dae4j.stacked.finetuning.FineTuningResult.Epoch;
import io.github.dae4j.stacked.finetuning.FineTuningResult.StopReason;
import io.github.dae4j.stacked.internal.Checkpoints;
import io.github.dae4j.stacked.internal.EpochIterator;
import io.github.dae4j.stacked.internal.FineTuningState;
import io.github.dae4j.stacked.internal.FineTuningState.Position;
import io.github.dae4j.stacked.internal.FineTuningState.Weights;
import io.github.dae4j.stacked.internal.Learner;
import io.github.dae4j.stacked.internal.NetworkState;
import io.github.dae4j.stacked.internal.RandomState;
import io.github.dae4j.stacked.pretraining.DivergedException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** One run of a {@link FineTuner}: the loop of SdA.py around a {@link Learner}. */
final class FineTuning {

  private final FineTuner tuner;
  private final MultiLayerNetwork network;
  private final DataSetIterator train;
  private final DataSetIterator validation; // null if there is none
  private final ValidationScore validationScore;
  private final Checkpoints<FineTuningState<FineTuningResult>> checkpoints;

  private Learner learner;
  private final List<Epoch> epochs = new ArrayList<>();
  private long iterations;
  private double patienceLimit;
  private Best best = Best.NONE;
  private INDArray bestParameters;
  private Position position = Position.START;

  FineTuning(
      FineTuner tuner,
      MultiLayerNetwork network,
      DataSetIterator train,
      DataSetIterator validation,
      Checkpoints<FineTuningState<FineTuningResult>> checkpoints) {
    this.tuner = tuner;
    this.network = network;
    this.train = new LabelledIterator("training", train, network, tuner.ladder() != null);
    validationScore = tuner.validationScoreFor(network, validation);
    boolean masked = validationScore == ValidationScore.CLASSIFICATION_ERROR;
    this.validation =
        validation == null ? null : new LabelledIterator("validation", validation, network, masked);
    this.checkpoints = checkpoints;
    patienceLimit = tuner.patience().iterations();
  }

  /** Runs from the start, or from a state if there is one. */
  FineTuningResult run(FineTuningState<FineTuningResult> from) {
    bestParameters = network.params().dup(); // until a validation finds better ones
    try (Learner opened = tuner.learner(network)) {
      learner = opened;
      if (from != null) {
        continueFrom(from);
      }
      StopReason stopReason = trainEpochs();
      if (validation != null && best.isNone()) {
        validate(epochs.size() - 1, iterations - 1);
      }
      return new FineTuningResult(epochs, iterations, best, stopReason);
    } finally {
      network.params().assign(bestParameters);
    }
  }

  private void continueFrom(FineTuningState<FineTuningResult> state) {
    epochs.addAll(state.result().epochs());
    iterations = state.result().iterations();
    patienceLimit = state.patienceLimit();
    best = state.result().best();
    bestParameters = state.weights().best();
    boolean withinEpoch = state.position() != null;
    learner.beginStage(Math.max(0, withinEpoch ? epochs.size() : epochs.size() - 1));
    state.weights().network().restore(network);
    learner.restore(state.weights().updater());
    if (withinEpoch) {
      position = state.position();
    }
    state.random().restore(Nd4j.getRandom()); // last, for DL4J seeds it here and there
  }

  private StopReason trainEpochs() {
    while (epochs.size() < tuner.epochs()) {
      int epoch = epochs.size();
      if (position.minibatches() == 0 && epoch > 0 && tuner.freezing().changesAt(epoch)) {
        learner.beginStage(epoch);
      }
      if (!trainEpoch(epoch)) {
        return StopReason.PATIENCE;
      }
      checkpoints.accept(state(null));
    }
    return StopReason.EPOCHS;
  }

  /** False if patience ended in this epoch. */
  @SuppressWarnings("try")
  private boolean trainEpoch(int epoch) {
    long start = System.nanoTime();
    double secondsBefore = position.seconds();
    learner.beginEpoch(epoch, iterations - position.minibatches(), patienceLimit);
    begin(epoch);
    tellListeners(listener -> listener.onEpochStart(network));
    boolean patient = true;
    try (TrainingThreads threads = TrainingThreads.open()) {
      while (patient && train.hasNext()) {
        patient = step(train.next(), epoch);
        position = position.at(secondsBefore + secondsSince(start));
        if (patient && train.hasNext() && checkpoints.isDue()) {
          checkpoints.accept(state(position));
        }
      }
    }
    tellListeners(listener -> listener.onEpochEnd(network));
    long examples = position.examples();
    epochs.add(
        new Epoch(
            position.lossSum() / examples,
            position.costSums().stream().map(sum -> sum / examples).toList(),
            position.validationScore(),
            secondsBefore + secondsSince(start)));
    position = Position.START;
    if (validation == null) {
      learner.show();
      best = new Best(Double.NaN, epoch, iterations - 1);
      bestParameters = network.params().dup();
    }
    return patient;
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** False if patience ends with this minibatch. */
  private boolean step(DataSet minibatch, int epoch) {
    double loss = trainingLoss(minibatch, epoch);
    position = position.after(loss, learner.costs(), minibatch.numExamples());
    if (validation != null && tuner.patience().validatesAfter(iterations, !train.hasNext())) {
      validate(epoch, iterations);
    }
    boolean patient = !learner.isOver(patienceLimit, iterations, !train.hasNext());
    iterations++;
    return patient;
  }

  private double trainingLoss(DataSet minibatch, int epoch) {
    return finite("training loss", learner.step(minibatch, epoch, iterations), epoch, iterations);
  }

  private void validate(int epoch, long iteration) {
    learner.show();
    double score = validationScore.of(network, validation);
    position = position.validated(finite("validation score", score, epoch, iteration));
    tellValidationListeners(score);
    if (learner.heedsImprovement()) {
      patienceLimit = tuner.patience().extended(patienceLimit, iteration, score, best.score());
    }
    if (score < best.score()) {
      best = new Best(score, epoch, iteration);
      bestParameters = network.params().dup();
    }
  }

  private double finite(String what, double value, int epoch, long iteration) {
    if (!Double.isFinite(value)) {
      throw new DivergedException(
          "fine-tuning stopped: %s is %s at epoch %d, iteration %d, learning rate %s"
              .formatted(what, value, epoch, iteration, learner.lastLearningRate()));
    }
    return value;
  }

  private FineTuningState<FineTuningResult> state(Position within) {
    Weights weights = new Weights(NetworkState.of(network), learner.state(), bestParameters);
    RandomState random = RandomState.of(Nd4j.getRandom());
    FineTuningResult soFar = new FineTuningResult(epochs, iterations, best, null);
    return new FineTuningState<>(soFar, patienceLimit, weights, random, within);
  }

  /** The minibatches from the present position on. */
  private void begin(int epoch) {
    RandomState random = RandomState.of(Nd4j.getRandom());
    EpochIterator.begin(train, epoch, iterations - position.minibatches());
    for (int done = 0; done < position.minibatches() && train.hasNext(); done++) {
      train.next();
    }
    if (position.minibatches() > 0) {
      random.restore(Nd4j.getRandom()); // what was drawn for those that are done
    }
    if (!train.hasNext()) {
      throw new IllegalStateException(
          "fine-tuning, epoch %d: the training set has no minibatch left".formatted(epoch));
    }
  }

  private void tellValidationListeners(double score) {
    tellListeners(
        listener -> {
          if (listener instanceof ValidationListener hearing) {
            hearing.onValidation(network, score);
          }
        });
  }

  private void tellListeners(Consumer<TrainingListener> event) {
    network.getListeners().forEach(event);
  }
}
