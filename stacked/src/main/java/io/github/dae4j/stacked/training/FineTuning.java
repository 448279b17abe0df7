package io.github.dae4j.stacked.training;

import io.github.dae4j.stacked.training.FineTuningResult.Best;
import io.github.dae4j.stacked.training.FineTuningResult.Epoch;
import io.github.dae4j.stacked.training.FineTuningResult.StopReason;
import io.github.dae4j.stacked.training.FineTuningState.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** One run of a {@link FineTuner}: the loop of SdA.py around DL4J's {@code fit}. */
final class FineTuning {

  private final FineTuner tuner;
  private final MultiLayerNetwork network;
  private final NetworkUpdater updater;
  private final FrozenLayers frozenLayers;
  private final DataSetIterator train;
  private final DataSetIterator validation;

  private final List<Epoch> epochs = new ArrayList<>();
  private long iterations;
  private double patienceLimit;
  private Best best = Best.NONE;
  private INDArray bestParameters;
  private double epochScore;

  FineTuning(
      FineTuner tuner,
      MultiLayerNetwork network,
      DataSetIterator train,
      DataSetIterator validation) {
    this.tuner = tuner;
    this.network = network;
    this.train = train;
    this.validation = validation;
    network.init(); // does nothing to a network that has parameters
    requireLayerToTrain();
    updater = new NetworkUpdater(network);
    frozenLayers = new FrozenLayers(network);
    patienceLimit = tuner.patience().iterations();
  }

  private void requireLayerToTrain() {
    int first = tuner.freezing().firstTrainedLayer(0);
    if (!(first < network.getnLayers())) {
      throw new IllegalArgumentException(
          "FineTuner freezing leaves no layer to train: %d are frozen of %d"
              .formatted(first, network.getnLayers()));
    }
  }

  /** Runs from the start, or from a state if there is one. */
  @SuppressWarnings("try")
  FineTuningResult run(FineTuningState from) {
    INDArray before = network.params().dup();
    try (JointLoss jointLoss = JointLoss.begin(network, tuner.denoisingWeight());
        FineTuningDropout dropout =
            FineTuningDropout.begin(network, tuner.inputDropout(), tuner.hiddenDropout())) {
      if (tuner.hasUpdater()) {
        updater.replace(tuner::newUpdater);
      }
      startStage(0);
      if (from != null) {
        continueFrom(from);
      }
      StopReason stopReason = trainEpochs();
      if (best.isNone()) {
        validate(epochs.size() - 1, iterations - 1);
      }
      return new FineTuningResult(epochs, iterations, best, stopReason);
    } finally {
      frozenLayers.thaw();
      updater.restart();
      network.params().assign(bestParameters == null ? before : bestParameters);
    }
  }

  /** Another set of layers trains from this epoch on. */
  private void startStage(int epoch) {
    frozenLayers.freezeBelow(tuner.freezing().firstTrainedLayer(epoch));
    updater.restart();
  }

  private void continueFrom(FineTuningState state) {
    epochs.addAll(state.epochs());
    iterations = state.iterations();
    patienceLimit = state.patienceLimit();
    best = state.best();
    Weights weights = state.weights();
    bestParameters = weights.best();
    network.params().assign(weights.parameters());
    startStage(Math.max(0, epochs.size() - 1));
    updater.setState(weights.updater(), weights.updaterIteration());
  }

  private StopReason trainEpochs() {
    while (epochs.size() < tuner.epochs()) {
      int epoch = epochs.size();
      if (epoch > 0 && tuner.freezing().changesAt(epoch)) {
        startStage(epoch);
      }
      if (!trainEpoch(epoch)) {
        return StopReason.PATIENCE;
      }
      if (tuner.checkpoint() != null) {
        tuner.checkpoint().accept(state());
      }
    }
    return StopReason.EPOCHS;
  }

  /** False if patience ended in this epoch. */
  private boolean trainEpoch(int epoch) {
    long start = System.nanoTime();
    network.setEpochCount(epoch);
    rewind(epoch);
    tellListeners(listener -> listener.onEpochStart(network));
    epochScore = Double.NaN;
    double lossSum = 0;
    long examples = 0;
    boolean patient = true;
    while (patient && train.hasNext()) {
      DataSet minibatch = train.next();
      lossSum += trainingLoss(minibatch, epoch) * minibatch.numExamples();
      examples += minibatch.numExamples();
      if (tuner.patience().validatesAfter(iterations, !train.hasNext())) {
        validate(epoch, iterations);
      }
      patient = !tuner.patience().isExhausted(patienceLimit, iterations);
      iterations++;
    }
    tellListeners(listener -> listener.onEpochEnd(network));
    epochs.add(new Epoch(lossSum / examples, epochScore, (System.nanoTime() - start) / 1e9));
    return patient;
  }

  private double trainingLoss(DataSet minibatch, int epoch) {
    network.fit(minibatch);
    return finite("training loss", network.score(), epoch, iterations);
  }

  private void validate(int epoch, long iteration) {
    double score = tuner.validationScore().of(network, validation);
    epochScore = finite("validation score", score, epoch, iteration);
    patienceLimit = tuner.patience().extended(patienceLimit, iteration, score, best.score());
    if (score < best.score()) {
      best = new Best(score, epoch, iteration);
      bestParameters = network.params().dup();
    }
  }

  private double finite(String what, double value, int epoch, long iteration) {
    if (!Double.isFinite(value)) {
      throw new DivergedException(
          "fine-tuning stopped: %s is %s at epoch %d, iteration %d, learning rate %s"
              .formatted(what, value, epoch, iteration, updater.lastLearningRate()));
    }
    return value;
  }

  private FineTuningState state() {
    Weights weights =
        new Weights(
            network.params().dup(), updater.state(), network.getIterationCount(), bestParameters);
    return new FineTuningState(epochs, iterations, patienceLimit, best, weights);
  }

  private void rewind(int epoch) {
    boolean begins = epoch == 0 && iterations == 0;
    if (train instanceof EpochIterator minibatches) {
      minibatches.beginEpoch(epoch, iterations);
    } else if (train.resetSupported() && (begins || !train.hasNext())) {
      train.reset();
    }
    if (!train.hasNext()) {
      throw new IllegalStateException(
          "fine-tuning, epoch %d: the training set has no minibatch left".formatted(epoch));
    }
  }

  private void tellListeners(Consumer<TrainingListener> event) {
    network.getListeners().forEach(event);
  }
}
