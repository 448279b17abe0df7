package io.github.dae4j.internal.solver;

import io.github.dae4j.internal.compute.ParameterUpdates;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/**
 * Gradient descent as DL4J's, to rounding, by shorter ways where nothing can tell the difference:
 * FLOAT on the CPU, {@code Sgd}, {@code Nesterovs} or {@code Adam}, no regularization or gradient
 * normalization, and listeners that look at scores alone.
 *
 * <p>There an update is one pass over the parameters, and with {@code Sgd} a layer that can writes
 * it in the place of its gradient. The model's gradient is then not what was subtracted.
 */
final class DirectDescent extends StochasticGradientDescent {

  private static final long serialVersionUID = 1L;

  private final ParameterUpdates updates = new ParameterUpdates();
  private final transient ThreadTuner tuner = new ThreadTuner();
  private transient Updater known;
  private transient List<BlockStep> steps = List.of();

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
    if (accumulator != null
        || !ListenerNeeds.looksAtScoresAlone(trainingListeners)
        || !isDirect()) {
      return super.optimize(workspaceMgr);
    }
    int iteration = getIterationCount(model);
    int epoch = getEpochCount(model);
    double scale = model.conf().isMiniBatch() ? 1.0 / model.batchSize() : 1;
    Set<Trainable> inPlace = begin(iteration, epoch, scale);
    try {
      model.computeGradientAndScore(workspaceMgr);
    } finally {
      end();
    }
    score = model.score();
    for (BlockStep step : steps) {
      step.take(updates, iteration, epoch, scale, inPlace);
    }
    tellListeners(iteration, epoch);
    incrementIterationCount(model, 1);
    applyConstraints(model);
    return true;
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

  /** Looked at in each step: a configuration can change between two. */
  private boolean isDirect() {
    Updater updater = getUpdater(false);
    if (updater == null || updater != known) {
      becomeAcquainted();
    }
    return !steps.isEmpty() && steps.stream().allMatch(BlockStep::isDirect);
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
  private Set<Trainable> begin(int iteration, int epoch, double scale) {
    // By identity: DL4J's layers hash all their arrays.
    Set<Trainable> inPlace = Collections.newSetFromMap(new IdentityHashMap<>());
    rates(iteration, epoch)
        .forEach(
            (layer, rate) -> {
              if (layer instanceof DirectLayer direct && direct.beginDirectStep(rate * scale)) {
                inPlace.add(layer);
              }
            });
    return inPlace;
  }

  private void end() {
    for (BlockStep step : steps) {
      for (ParamState state : step.states()) {
        if (state.getLayer() instanceof DirectLayer direct) {
          direct.endDirectStep();
        }
      }
    }
  }

  /** The one plain learning rate of all parameters of a layer, NaN where there is none. */
  private Map<Trainable, Double> rates(int iteration, int epoch) {
    Map<Trainable, Double> rates = new IdentityHashMap<>();
    for (BlockStep step : steps) {
      double rate = step.plainRate(iteration, epoch);
      for (ParamState state : step.states()) {
        rates.merge(state.getLayer(), rate, (one, other) -> one.equals(other) ? one : Double.NaN);
      }
    }
    return rates;
  }

  @SuppressWarnings("try")
  private void tellListeners(int iteration, int epoch) {
    try (MemoryWorkspace scope = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      for (TrainingListener listener : trainingListeners) {
        listener.iterationDone(model, iteration, epoch);
      }
    }
  }
}
