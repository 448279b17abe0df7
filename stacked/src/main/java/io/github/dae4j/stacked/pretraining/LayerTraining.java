package io.github.dae4j.stacked.pretraining;

import io.github.dae4j.internal.solver.TrainingThreads;
import io.github.dae4j.listener.ValidationListener;
import io.github.dae4j.stacked.internal.Checkpoints;
import io.github.dae4j.stacked.internal.CodeCache;
import io.github.dae4j.stacked.internal.NetworkState;
import io.github.dae4j.stacked.internal.PretrainingState.LayerState;
import io.github.dae4j.stacked.internal.RunSeed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.memory.MemoryWorkspace;

/**
 * The pretraining of one layer on its cached input. All that changes while it runs is here: the
 * detached layer with weights, counts and solver, the epoch with its order and generator, the
 * errors so far and the best weights.
 */
final class LayerTraining {

  private final MultiLayerNetwork network;
  private final DetachedLayer detached;
  private final Layer layer;
  private final LayerInputs input;
  private final GreedyPretraining.Settings settings;
  private final StepWorkspace workspace;
  private final ValidationSet validation;
  private final EarlyStopping.BestWeights best;
  private final List<Double> losses = new ArrayList<>();
  private final List<Double> errors = new ArrayList<>();
  private LayerEpoch epoch;
  private DetachedLayer.UpdaterRestoration restoration;
  private double secondsBefore;
  private final long start = System.nanoTime();

  private LayerTraining(
      MultiLayerNetwork network,
      DetachedLayer detached,
      LayerInputs input,
      GreedyPretraining.Settings settings,
      StepWorkspace workspace,
      ValidationSet validation) {
    this.network = network;
    this.detached = detached;
    this.layer = detached.layer();
    this.input = input;
    this.settings = settings;
    this.workspace = workspace;
    this.validation = validation;
    EarlyStopping rule = detached.plan().earlyStopping();
    best = rule == null ? null : new EarlyStopping.BestWeights(rule);
  }

  /**
   * Trains a layer.
   *
   * @param held the layer's input for the validation set, or null
   * @param from where its training goes on, or null
   * @throws DivergedException as soon as something is not finite; the weights are then those before
   *     the epoch
   */
  static LayerResult run(
      MultiLayerNetwork network,
      DetachedLayer detached,
      LayerInputs input,
      LayerInputs held,
      GreedyPretraining.Settings settings,
      LayerState from,
      Checkpoints<LayerState> checkpoints) {
    detached.prepare();
    try (StepWorkspace workspace = new StepWorkspace(network);
        ValidationSet validation = validationSet(detached, held, settings, workspace)) {
      LayerTraining training =
          new LayerTraining(network, detached, input, settings, workspace, validation);
      if (from != null) {
        training.continueFrom(from);
      }
      return training.run(checkpoints);
    }
  }

  /** The corruptions are those that the layer began with, whatever it has learnt since. */
  private static ValidationSet validationSet(
      DetachedLayer detached,
      LayerInputs held,
      GreedyPretraining.Settings settings,
      StepWorkspace workspace) {
    if (held == null || detached.denoising() == null) {
      return null;
    }
    return new ValidationSet(
        held,
        detached.denoising(),
        settings.space(),
        settings.seed().random(RunSeed.Purpose.VALIDATION, detached.index(), 0),
        workspace);
  }

  private void continueFrom(LayerState state) {
    state.counts().restore(layer.conf());
    losses.addAll(state.losses());
    errors.addAll(state.errors());
    secondsBefore = state.seconds();
    if (best != null) {
      best.continueFrom(state.best());
    }
    if (state.updater() != null) {
      restoration = DetachedLayer.UpdaterRestoration.of(state.updater(), layer);
    }
    if (state.position() != null) {
      epoch = LayerEpoch.at(state.position(), detached, settings, input.rows());
    }
  }

  private LayerResult run(Checkpoints<LayerState> checkpoints) {
    while (!isOver()) {
      tellListeners(listener -> listener.onEpochStart(network));
      if (epoch == null) {
        epoch = LayerEpoch.first(detached, settings, input.rows());
      }
      try {
        trainEpoch(checkpoints);
        validate();
      } catch (DivergedException e) {
        epoch.undo(layer);
        throw e;
      }
      epoch = null;
      detached.countEpoch(network);
      tellListeners(listener -> listener.onEpochEnd(network));
      if (!isOver()) {
        checkpoints.accept(state());
      }
    }
    return result(best == null ? losses.size() - 1 : best.restore(layer.params()));
  }

  private boolean isOver() {
    return losses.size() >= detached.plan().epochs() || best != null && best.patienceIsOver();
  }

  @SuppressWarnings("try")
  private void trainEpoch(Checkpoints<LayerState> checkpoints) {
    Integer planned = detached.plan().minibatch();
    int minibatch = planned == null ? input.minibatch() : planned;
    try (TrainingThreads threads = TrainingThreads.open()) {
      while (epoch.hasNext()) {
        step(epoch.next(minibatch));
        if (epoch.hasNext() && checkpoints.isDue()) {
          checkpoints.accept(state());
        }
      }
    }
    losses.add(epoch.meanScore());
    requireFinite("the sum of its weights", layer.params().sumNumber().doubleValue());
  }

  @SuppressWarnings("try")
  private void step(int[] rows) {
    try (MemoryWorkspace scope = workspace.open()) {
      layer.fit(input.read(rows, workspace.manager()), workspace.manager());
    }
    if (restoration != null) {
      restoration.leave();
      restoration = null;
    }
    epoch.count(rows.length, requireFinite("its score", layer.score()));
  }

  private void validate() {
    if (validation == null) {
      return;
    }
    double error = requireFinite("its validation error", validation.error(detached.denoising()));
    errors.add(error);
    tellValidationListeners(error);
    if (best != null) {
      best.offer(errors.size() - 1, error, layer.params());
    }
  }

  private double requireFinite(String what, double value) {
    if (!Double.isFinite(value)) {
      int iteration = layer.conf().getIterationCount() - 1;
      throw new DivergedException(
          "pretraining layer %d diverged: %s is %s in epoch %d, iteration %d, at learning rate %s"
              .formatted(
                  detached.index(),
                  what,
                  value,
                  layer.conf().getEpochCount(),
                  iteration,
                  detached.learningRate(iteration)));
    }
    return value;
  }

  private LayerState state() {
    return new LayerState(
        detached.index(),
        NetworkState.Counts.of(layer.conf()),
        losses,
        errors,
        seconds(),
        detached.updaterState(),
        best == null ? null : best.state(),
        epoch == null ? null : epoch.position());
  }

  private LayerResult result(int bestEpoch) {
    return new LayerResult(
        detached.index(),
        losses,
        errors,
        bestEpoch,
        seconds(),
        input.cache().bytes(),
        input.cache().place() == CodeCache.Place.FILE);
  }

  private double seconds() {
    return secondsBefore + (System.nanoTime() - start) / 1e9;
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
