package io.github.dae4j.stacked.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The pretraining of one layer on its cached input. All that changes while it runs is here: the
 * trainee with weights, counts, solver and generator, the place in the epoch's order, the errors so
 * far and the best weights.
 */
final class LayerTraining {

  private final MultiLayerNetwork network;
  private final Trainee trainee;
  private final Layer layer;
  private final Codes input;
  private final RunSettings settings;
  private final StepWorkspace workspace;
  private final ValidationSet validation;
  private final BestWeights best;
  private final List<Double> costs = new ArrayList<>();
  private final List<Double> errors = new ArrayList<>();
  private int[] order;
  private int next;
  private double scoreSum;

  private LayerTraining(
      MultiLayerNetwork network,
      Trainee trainee,
      Codes input,
      RunSettings settings,
      StepWorkspace workspace,
      ValidationSet validation) {
    this.network = network;
    this.trainee = trainee;
    this.layer = trainee.layer();
    this.input = input;
    this.settings = settings;
    this.workspace = workspace;
    this.validation = validation;
    EarlyStopping rule = trainee.plan().earlyStopping();
    best = rule == null ? null : new BestWeights(rule);
  }

  /**
   * Trains a layer.
   *
   * @param held the layer's input for the validation set, or null
   * @throws DivergedException as soon as something is not finite; the weights are then those before
   *     the epoch
   */
  static LayerResult run(
      MultiLayerNetwork network, Trainee trainee, Codes input, Codes held, RunSettings settings) {
    trainee.prepare();
    try (StepWorkspace workspace = new StepWorkspace(network);
        ValidationSet validation = validationSet(trainee, held, settings, workspace)) {
      return new LayerTraining(network, trainee, input, settings, workspace, validation).run();
    }
  }

  private static ValidationSet validationSet(
      Trainee trainee, Codes held, RunSettings settings, StepWorkspace workspace) {
    if (held == null || trainee.denoising() == null) {
      return null;
    }
    return new ValidationSet(
        held,
        trainee.denoising(),
        settings.space(),
        settings.seed().random(RunSeed.Purpose.VALIDATION, trainee.index(), 0),
        workspace);
  }

  private LayerResult run() {
    long start = System.nanoTime();
    do {
      tellListeners(listener -> listener.onEpochStart(network));
      INDArray before = layer.params().dup();
      try {
        trainOneEpoch();
        validate();
      } catch (DivergedException e) {
        layer.params().assign(before);
        throw e;
      }
      trainee.countEpoch(network);
      tellListeners(listener -> listener.onEpochEnd(network));
    } while (costs.size() < trainee.plan().epochs() && !(best != null && best.patienceIsOver()));

    int bestEpoch = best == null ? costs.size() - 1 : best.restore(layer.params());
    return new LayerResult(
        trainee.index(),
        costs,
        errors,
        bestEpoch,
        (System.nanoTime() - start) / 1e9,
        input.cache().bytes(),
        input.cache().place() == CodeCache.Place.FILE);
  }

  private void trainOneEpoch() {
    beginEpoch();
    Integer planned = trainee.plan().minibatch();
    int minibatch = planned == null ? input.minibatch() : planned;
    while (next < order.length) {
      step(Math.min(minibatch, order.length - next));
    }
    costs.add(scoreSum / order.length);
    requireFinite("the sum of its weights", layer.params().sumNumber().doubleValue());
  }

  private void beginEpoch() {
    int epoch = layer.conf().getEpochCount();
    order = settings.order(trainee.index(), epoch, input.rows());
    next = 0;
    scoreSum = 0;
    if (trainee.denoising() != null) {
      trainee
          .denoising()
          .setRandom(settings.seed().random(RunSeed.Purpose.CORRUPTION, trainee.index(), epoch));
    }
  }

  @SuppressWarnings("try")
  private void step(int examples) {
    int[] rows = Arrays.copyOfRange(order, next, next + examples);
    try (MemoryWorkspace scope = workspace.open()) {
      layer.fit(input.read(rows, workspace.manager()), workspace.manager());
    }
    scoreSum += requireFinite("its score", layer.score()) * examples;
    next += examples;
  }

  private void validate() {
    if (validation == null) {
      return;
    }
    double error = requireFinite("its validation error", validation.error(trainee.denoising()));
    errors.add(error);
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
                  trainee.index(),
                  what,
                  value,
                  layer.conf().getEpochCount(),
                  iteration,
                  trainee.learningRate(iteration)));
    }
    return value;
  }

  private void tellListeners(Consumer<TrainingListener> event) {
    network.getListeners().forEach(event);
  }
}
