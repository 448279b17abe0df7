package io.github.dae4j.internal.solver;

import io.github.dae4j.internal.compute.ParameterUpdates;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.api.Updater;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.LayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock.ParamState;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.optimize.solvers.StochasticGradientDescent;
import org.deeplearning4j.optimize.stepfunctions.NegativeGradientStepFunction;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gradient descent as DL4J's, to rounding, by shorter ways where {@link FastPath} is taken.
 *
 * <p>There an update is one pass over the parameters, and with {@code Sgd} a layer that can writes
 * it in the place of its gradient, unless a listener looks at gradients within the step. What DL4J
 * would have left in the gradient views is computed when somebody asks for it.
 */
final class DirectDescent extends StochasticGradientDescent {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(DirectDescent.class);

  private final ParameterUpdates updates = new ParameterUpdates();
  private final transient ThreadTuner tuner = new ThreadTuner();
  private transient Updater known;
  private transient List<BlockStep> steps = List.of();

  /** Of the last step, if it was a fast one and the gradient views are not what DL4J's are. */
  private transient Moment last;

  private transient FastPath logged;

  DirectDescent(NeuralNetConfiguration conf, Collection<TrainingListener> listeners, Model model) {
    super(conf, new NegativeGradientStepFunction(), listeners, model);
  }

  @Override
  @SuppressWarnings("try")
  public boolean optimize(LayerWorkspaceMgr workspaceMgr) {
    long start = System.nanoTime();
    try (StepThreads threads = new StepThreads(tuner, multiplicationsOfOthers())) {
      return step(workspaceMgr);
    } finally {
      tuner.took(System.nanoTime() - start);
    }
  }

  private boolean step(LayerWorkspaceMgr workspaceMgr) {
    last = null;
    FastPath path = path();
    if (!path.isTaken()) {
      return super.optimize(workspaceMgr);
    }
    Moment now =
        new Moment(
            getIterationCount(model),
            getEpochCount(model),
            model.conf().isMiniBatch() ? 1.0 / model.batchSize() : 1);
    ListenerNeeds needs = ListenerNeeds.of(trainingListeners);
    Set<Trainable> inPlace = needs.withinStep() ? Collections.emptySet() : begin(now);
    try {
      model.computeGradientAndScore(workspaceMgr);
    } finally {
      end();
    }
    if (needs.gradients()) {
      tellListeners(listener -> listener.onGradientCalculation(model));
    }
    score = model.score();
    for (BlockStep step : steps) {
      step.take(updates, now.iteration(), now.epoch(), now.scale(), inPlace);
    }
    last = now;
    tellListeners(listener -> listener.iterationDone(model, now.iteration(), now.epoch()));
    incrementIterationCount(model, 1);
    applyConstraints(model);
    return true;
  }

  /** Looked at in each step: a configuration can change between two. */
  private FastPath path() {
    if (accumulator == null) {
      Updater updater = getUpdater(false);
      if (updater == null || updater != known) {
        becomeAcquainted();
      }
    }
    FastPath path = FastPath.ofUpdate(accumulator != null, steps);
    if (!path.equals(logged)) {
      LOG.debug(
          "updates of {}: {}",
          model.getClass().getSimpleName(),
          path.isTaken() ? "fast" : "by DL4J, " + path.obstacle());
      logged = path;
    }
    return path;
  }

  /**
   * Makes the gradient views what they are after a step of DL4J's: the update that was subtracted.
   * A fast step leaves that until somebody asks.
   */
  @SuppressWarnings("try")
  void completeGradient() {
    if (last == null) {
      return;
    }
    Moment moment = last;
    last = null;
    try (MemoryWorkspace scope = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      eachDirectLayer(DirectLayer::completeGradient);
      for (BlockStep step : steps) {
        step.writeUpdate(moment.iteration(), moment.epoch(), moment.scale());
      }
    }
  }

  /** The views are being written by someone else. */
  void forgetGradient() {
    last = null;
  }

  /**
   * Of the largest product that layers of DL4J's own compute: one for each example and weight. The
   * layers that can go shorter ways have products that threads share.
   */
  private long multiplicationsOfOthers() {
    long weights =
        steps.stream()
            .flatMap(step -> step.states().stream())
            .filter(state -> !(state.getLayer() instanceof DirectLayer))
            .mapToLong(state -> (long) state.getParamOffsetEnd() - state.getParamOffsetStart())
            .max()
            .orElse(0);
    return weights * model.batchSize();
  }

  /** Out of workspaces, for the updater's state stays. */
  @SuppressWarnings("try")
  private void becomeAcquainted() {
    try (MemoryWorkspace scope = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      known = getUpdater();
      steps = stepsOf(known);
    }
  }

  private List<BlockStep> stepsOf(Updater updater) {
    List<BlockStep> result = new ArrayList<>();
    if (updater instanceof BaseMultiLayerUpdater<?> blocks) {
      blocks.getUpdaterBlocks().stream()
          .filter(block -> !block.skipDueToPretrainConfig(updater instanceof LayerUpdater))
          .forEach(block -> result.add(BlockStep.of(block, model.params())));
    }
    return result;
  }

  /** Returns the layers that will take the step themselves. */
  private Set<Trainable> begin(Moment now) {
    // By identity: DL4J's layers hash all their arrays.
    Set<Trainable> inPlace = Collections.newSetFromMap(new IdentityHashMap<>());
    rates(now)
        .forEach(
            (layer, rate) -> {
              if (layer instanceof DirectLayer direct
                  && direct.beginDirectStep(rate * now.scale())) {
                inPlace.add(layer);
              }
            });
    return inPlace;
  }

  private void end() {
    eachDirectLayer(DirectLayer::endDirectStep);
  }

  private void eachDirectLayer(Consumer<DirectLayer> action) {
    for (BlockStep step : steps) {
      for (ParamState state : step.states()) {
        if (state.getLayer() instanceof DirectLayer direct) {
          action.accept(direct);
        }
      }
    }
  }

  /** The one plain learning rate of all parameters of a layer, NaN where there is none. */
  private Map<Trainable, Double> rates(Moment now) {
    Map<Trainable, Double> rates = new IdentityHashMap<>();
    for (BlockStep step : steps) {
      double rate = step.plainRate(now.iteration(), now.epoch());
      for (ParamState state : step.states()) {
        rates.merge(state.getLayer(), rate, (one, other) -> one.equals(other) ? one : Double.NaN);
      }
    }
    return rates;
  }

  @SuppressWarnings("try")
  private void tellListeners(Consumer<TrainingListener> event) {
    try (MemoryWorkspace scope = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      trainingListeners.forEach(event);
    }
  }

  /** When a step was, and what its sums are multiplied with besides the learning rate. */
  private record Moment(int iteration, int epoch, double scale) {}
}
