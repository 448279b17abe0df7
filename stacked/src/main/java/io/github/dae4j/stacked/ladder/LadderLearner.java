package io.github.dae4j.stacked.ladder;

import io.github.dae4j.internal.compute.HostMemory;
import io.github.dae4j.internal.compute.ParameterUpdates;
import io.github.dae4j.internal.compute.ParameterUpdates.AdamStep;
import io.github.dae4j.internal.solver.SharedProducts;
import io.github.dae4j.stacked.internal.Learner;
import io.github.dae4j.stacked.internal.RunSeed;
import io.github.dae4j.stacked.internal.RunSeed.Purpose;
import io.github.dae4j.stacked.ladder.Ladder.CostListener;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.AdamUpdater;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;

/** Trains the parameters of a ladder over a network's layers, which it writes when it is shown. */
final class LadderLearner implements Learner {

  private final Ladder ladder;
  private final MultiLayerNetwork network;
  private final LadderShape shape;
  private final LadderParameters parameters;
  private final LadderParameters gradient;
  private final LadderStep step;
  private final Moments moments;
  private final IUpdater rule;
  private final IUpdater configured;
  private final INDArray updaterState;
  private final GradientUpdater<?> updater;
  private final ParameterUpdates updates = new ParameterUpdates();
  private final int epochs;
  private RatePlan plan;
  private List<Double> parts = List.of();
  private double lastRate = Double.NaN;

  LadderLearner(Ladder ladder, MultiLayerNetwork network, IUpdater updater, int epochs) {
    this.ladder = ladder;
    this.network = network;
    this.epochs = epochs;
    shape = LadderLayers.shape(ladder, network);
    DataType type = network.params().dataType();
    long count = LadderParameters.count(shape);
    parameters = new LadderParameters(shape, Nd4j.create(type, 1, count));
    gradient = new LadderParameters(shape, Nd4j.create(type, 1, count));
    step = new LadderStep(shape, parameters, gradient);
    moments = new Moments(shape, type == DataType.FLOAT);
    rule = updater == null ? new Adam(0.002) : updater.clone();
    configured = rule.clone();
    long stateSize = rule.stateSize(count);
    updaterState = stateSize == 0 ? null : Nd4j.create(type, 1, stateSize);
    this.updater = rule.instantiate(updaterState, true);
    parameters.initialize(shape, new RunSeed(ladder.seed()).of(Purpose.LADDER_WEIGHTS, 0, 0));
    LadderLayers.read(network, parameters);
  }

  @Override
  public void beginStage(int epoch) {}

  @Override
  public void beginEpoch(int epoch, long iteration, double patienceLimit) {
    network.setEpochCount(epoch);
    plan = RatePlan.of(ladder.decay(), epochs, epoch, iteration, patienceLimit);
  }

  @Override
  @SuppressWarnings("try")
  public double step(DataSet minibatch, int epoch, long iteration) {
    SplitRows rows = SplitRows.of(minibatch, parameters.flat().dataType());
    long noise = new RunSeed(ladder.seed()).of(Purpose.LADDER_NOISE, 0, (int) iteration);
    LadderStep.Costs costs;
    try (SharedProducts threads = SharedProducts.open()) {
      costs = step.take(rows.unlabelled(), rows.labelled(), rows.labels(), noise);
      moments.add(step, iteration);
      update((int) iteration, epoch);
    }
    parts = costs.parts(shape.weights());
    double total = parts.stream().reduce(0.0, Double::sum);
    network.setScore(total);
    for (TrainingListener listener : network.getListeners()) {
      if (listener instanceof CostListener heard) {
        heard.onCosts(network, costs.supervised(), costs.denoising());
      }
    }
    network.getListeners().forEach(l -> l.iterationDone(network, (int) iteration, epoch));
    network.setIterationCount((int) iteration + 1);
    return total;
  }

  /** By one pass where it is Adam's on the host, else as ND4J does it. */
  private void update(int iteration, int epoch) {
    INDArray flat = parameters.flat();
    double rate =
        rule.hasLearningRate()
            ? configured.getLearningRate(iteration, epoch) * plan.factor(epoch)
            : Double.NaN;
    lastRate = rate;
    if (updater instanceof AdamUpdater adam && HostMemory.holdsRows(flat)) {
      Adam config = adam.getConfig();
      updates.adam(
          flat,
          gradient.flat(),
          adam.getM(),
          adam.getV(),
          new AdamStep(rate, config.getBeta1(), config.getBeta2(), config.getEpsilon(), iteration),
          1);
      return;
    }
    if (rule.hasLearningRate()) {
      ((IUpdater) updater.getConfig()).setLrAndSchedule(rate, null);
    }
    updater.applyUpdater(gradient.flat(), iteration, epoch);
    flat.subi(gradient.flat());
  }

  @Override
  public List<Double> costs() {
    return parts;
  }

  @Override
  public void show() {
    LadderLayers.write(network, shape, parameters, moments);
  }

  @Override
  public boolean heedsImprovement() {
    return !plan.falls();
  }

  @Override
  public boolean isOver(double patienceLimit, long iteration, boolean endOfEpoch) {
    return endOfEpoch && plan.endsEarly();
  }

  @Override
  public INDArray state() {
    INDArray averages =
        Nd4j.createFromArray(moments.values())
            .castTo(parameters.flat().dataType())
            .reshape(1, moments.values().length);
    return updaterState == null
        ? Nd4j.concat(1, parameters.flat(), averages)
        : Nd4j.concat(1, parameters.flat(), averages, updaterState);
  }

  @Override
  public void restore(INDArray state) {
    long count = parameters.flat().length();
    long known = count + moments.values().length;
    INDArray all = state.reshape(1, state.length());
    parameters.flat().assign(part(all, 0, count));
    moments.restore(part(all, count, known).castTo(DataType.DOUBLE).dup('c').data().asDouble());
    if (updaterState != null) {
      updaterState.assign(part(all, known, all.length()));
    }
  }

  private static INDArray part(INDArray all, long from, long to) {
    return all.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to));
  }

  @Override
  public double lastLearningRate() {
    return lastRate;
  }

  @Override
  public void close() {}

  /** The rows of a minibatch that the label mask tells apart. */
  private record SplitRows(INDArray unlabelled, INDArray labelled, INDArray labels) {

    static SplitRows of(DataSet minibatch, DataType type) {
      INDArray mask = minibatch.getLabelsMaskArray();
      int n = minibatch.numExamples();
      if (mask == null || mask.length() != n) {
        throw new IllegalArgumentException(
            "Ladder training needs a label mask of one number for each row, as a"
                + " PartlyLabelledIterator gives, got "
                + (mask == null ? "none" : mask.shapeInfoToString()));
      }
      double[] known = mask.castTo(DataType.DOUBLE).dup('c').data().asDouble();
      int[] with = IntStream.range(0, n).filter(i -> known[i] != 0).toArray();
      int[] without = IntStream.range(0, n).filter(i -> known[i] == 0).toArray();
      if (with.length < 2 || without.length < 2) { // one has no variance
        throw new IllegalArgumentException(
            "Ladder training needs two rows with labels and two without in each minibatch, got %d and %d"
                .formatted(with.length, without.length));
      }
      INDArray features = minibatch.getFeatures().castTo(type);
      return new SplitRows(
          Nd4j.pullRows(features, 1, without),
          Nd4j.pullRows(features, 1, with),
          Nd4j.pullRows(minibatch.getLabels().castTo(type), 1, with));
    }
  }
}
