package io.github.dae4j.layer;

import static io.github.dae4j.layer.DenoisingAutoEncoderParamInitializer.BIAS_KEY;
import static io.github.dae4j.layer.DenoisingAutoEncoderParamInitializer.VISIBLE_BIAS_KEY;
import static io.github.dae4j.layer.DenoisingAutoEncoderParamInitializer.VISIBLE_WEIGHT_KEY;
import static io.github.dae4j.layer.DenoisingAutoEncoderParamInitializer.WEIGHT_KEY;

import io.github.dae4j.compute.Activation;
import io.github.dae4j.compute.HostMemory;
import io.github.dae4j.compute.Product;
import io.github.dae4j.compute.Rows;
import io.github.dae4j.compute.Updates;
import io.github.dae4j.corruption.Corrupted;
import io.github.dae4j.solver.Audience;
import io.github.dae4j.solver.DirectLayer;
import io.github.dae4j.solver.DirectSolver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.ConvexOptimizer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * The running denoising autoencoder: a dense layer to its network, and a pretraining step of its
 * own.
 *
 * <p>Corruption draws from {@code Nd4j.getRandom()}, which is a generator of each thread's own: a
 * seed repeats a run whose network was initialised in the thread that pretrains it.
 *
 * <p>{@link #encode}, {@link #decode}, {@link #reconstruct} and the two reconstruction errors can
 * be called at any time, in or outside a network or workspace; they never corrupt, and their
 * results are detached.
 */
public class DenoisingAutoEncoderLayer extends BaseLayer<DenoisingAutoEncoder>
    implements DirectLayer {

  private static final long serialVersionUID = 1L;

  private final ReconstructionLoss loss;
  private boolean pretraining;
  private transient Random random;
  private transient StepMemory memory;
  private boolean directStep;
  private double stepRate = Double.NaN;
  private final Rows rows = new Rows();
  private final Updates updates = new Updates();

  /** Of the present input, if it went forward in training and did not come back yet. */
  private transient INDArray trainingPreOutput;

  /** The same where it is kept as the code, from which the derivative follows. */
  private transient INDArray trainingCode;

  public DenoisingAutoEncoderLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
    loss =
        ReconstructionLoss.of(
            layerConf().getReconstructionLoss(), layerConf().getDecoderActivation());
  }

  /**
   * The generator that corruption draws from; null, as it is at first, for {@code
   * Nd4j.getRandom()}. Dropout and weight noise are DL4J's and draw from the latter in any case.
   */
  public void setRandom(Random random) {
    this.random = random;
  }

  /** The code y = s(x W + b) of an input: x [minibatch, nIn] -> y [minibatch, nOut]. */
  public INDArray encode(INDArray x) {
    requireColumns("input", x, layerConf().getNIn());
    return detached(
        () ->
            layerConf()
                .getActivationFn()
                .getActivation(
                    product(x.castTo(dataType), getParam(WEIGHT_KEY))
                        .addiRowVector(getParam(BIAS_KEY)),
                    false));
  }

  /** The reconstruction z = t(y W' + vb) of a code: y [minibatch, nOut] -> z [minibatch, nIn]. */
  public INDArray decode(INDArray code) {
    requireColumns("code", code, layerConf().getNOut());
    return detached(
        () -> layerConf().getDecoderActivation().getActivation(decoderPreOutput(code), false));
  }

  /** The reconstruction of an input by way of its code: x [minibatch, nIn] -> z, same shape. */
  public INDArray reconstruct(INDArray x) {
    return decode(encode(x));
  }

  /**
   * The reconstruction loss of each example, summed over features: x [minibatch, nIn] ->
   * [minibatch].
   */
  public INDArray reconstructionError(INDArray x) {
    return decodingError(x, encode(x));
  }

  /**
   * The loss, against x, of what a code decodes to, whatever it is the code of: x [minibatch, nIn]
   * and code [minibatch, nOut] -> [minibatch].
   */
  public INDArray decodingError(INDArray x, INDArray code) {
    requireColumns("code", code, layerConf().getNOut());
    return detached(() -> loss.perExample(target(x), decoderPreOutput(code)));
  }

  /**
   * The reconstruction loss of each cell: x [minibatch, nIn] -> [minibatch, nIn].
   *
   * @throws UnsupportedOperationException if the loss is not a sum over features
   */
  public INDArray reconstructionErrorPerFeature(INDArray x) {
    return decodingErrorPerFeature(x, encode(x));
  }

  /**
   * The loss of each cell of what a code decodes to: x [minibatch, nIn] and code [minibatch, nOut]
   * -> [minibatch, nIn].
   *
   * @throws UnsupportedOperationException if the loss is not a sum over features
   */
  public INDArray decodingErrorPerFeature(INDArray x, INDArray code) {
    requireColumns("code", code, layerConf().getNOut());
    return detached(() -> loss.perFeature(target(x), decoderPreOutput(code)));
  }

  @SuppressWarnings("try")
  private static INDArray detached(Supplier<INDArray> computation) {
    try (MemoryWorkspace scope = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return computation.get();
    }
  }

  private INDArray decoderPreOutput(INDArray code) {
    INDArray v = decoderWeights(getParam(WEIGHT_KEY), getParam(VISIBLE_WEIGHT_KEY));
    return product(code.castTo(dataType), v).addiRowVector(getParam(VISIBLE_BIAS_KEY));
  }

  private INDArray decoderWeights(INDArray encoderWeights, INDArray visibleWeights) {
    return layerConf().isTiedWeights() ? encoderWeights.transpose() : visibleWeights;
  }

  /** a b as DL4J's dense layer has it; {@code mmul} cannot compute a single number in HALF. */
  private static INDArray product(INDArray a, INDArray b) {
    return a.mmuli(b, Nd4j.createUninitialized(a.dataType(), a.size(0), b.size(1)));
  }

  /** One pretraining step on a clean minibatch [minibatch, nIn]. */
  @Override
  public void fit(INDArray input, LayerWorkspaceMgr workspaceMgr) {
    setInput(input, workspaceMgr);
    setIterationCount(conf().getIterationCount());
    setEpochCount(conf().getEpochCount());
    getOptimizer().setListeners(getListeners()); // which may be others than in the step before
    pretraining = true;
    try {
      solver.optimize(workspaceMgr);
    } finally {
      pretraining = false;
      this.input = null; // it may live in the caller's workspace
    }
  }

  /** Pretraining's, made when it is first asked for. */
  @Override
  public ConvexOptimizer getOptimizer() {
    if (solver == null) {
      solver = DirectSolver.of(this, conf(), getListeners());
    }
    return solver.getOptimizer();
  }

  /**
   * Score: the mean over the minibatch of the loss against the clean input, plus regularization.
   * Gradient: the sum of its derivatives over the minibatch, which the updater divides.
   */
  @Override
  @SuppressWarnings("try")
  public void computeGradientAndScore(LayerWorkspaceMgr workspaceMgr) {
    assertInputSet(true);
    if (workspaceMgr.isWorkspaceOpen(ArrayType.FF_WORKING_MEM)) {
      pretrainStep(workspaceMgr);
    } else {
      try (MemoryWorkspace scope = workspaceMgr.notifyScopeEntered(ArrayType.FF_WORKING_MEM)) {
        pretrainStep(workspaceMgr);
      }
    }
  }

  private void pretrainStep(LayerWorkspaceMgr workspaceMgr) {
    denoise(conf().getIterationCount(), conf().getEpochCount(), workspaceMgr);
    score += calcRegularizationScore(false);
    gradient = gradientOf(gradientViews);
  }

  /** The score, without regularization, and the derivatives of one corruption of the input. */
  private void denoise(int iteration, int epoch, LayerWorkspaceMgr workspaceMgr) {
    INDArray target = target(input);
    Corrupted corrupted =
        layerConf()
            .getCorruption()
            .corrupt(target, random == null ? Nd4j.getRandom() : random, iteration, epoch);
    requireForm(corrupted.values(), target);
    if (memory == null || !memory.suits(target, layerConf().getNOut())) {
      memory = StepMemory.like(target, layerConf().getNOut());
    }
    INDArray b = getParamWithNoise(BIAS_KEY, true, workspaceMgr);
    INDArray vb = getParamWithNoise(VISIBLE_BIAS_KEY, true, workspaceMgr);
    INDArray w = getParamWithNoise(WEIGHT_KEY, true, workspaceMgr);
    boolean tied = layerConf().isTiedWeights();
    INDArray v = tied ? w : getParamWithNoise(VISIBLE_WEIGHT_KEY, true, workspaceMgr);
    INDArray cellWeights = layerConf().getEmphasis().cellWeights(corrupted, maskArray);
    StepCells cells = cells(target, cellWeights);

    rows.copy(dropOut(corrupted.values(), workspaceMgr), memory.x());
    Product.of(memory.x(), w, memory.y());
    cells.encode(memory, b);
    Product.of(memory.y(), false, v, tied, 1, 0, memory.d());
    score =
        cells.decode(memory, vb, target, sums(VISIBLE_BIAS_KEY, memory.sumsOfD())) / target.size(0);
    Product.of(memory.d(), false, v, !tied, 1, 0, memory.da());
    cells.backprop(memory, sums(BIAS_KEY, memory.sumsOfDa()));
    writeDerivatives(tied);
    weightNoiseParams.clear();
    if (layerConf().getIDropout() != null) {
      layerConf().getIDropout().clear(); // its mask lives in the workspace of this step
    }
  }

  /** To the gradient views, or with the factor of a step onto the parameters themselves. */
  private void writeDerivatives(boolean tied) {
    if (takesSteps()) {
      updates.sgd(getParam(BIAS_KEY), memory.sumsOfDa(), stepRate);
      updates.sgd(getParam(VISIBLE_BIAS_KEY), memory.sumsOfD(), stepRate);
    }
    if (tied) {
      writeProduct(memory.inputs(), memory.codes(), WEIGHT_KEY); // x' da + d' y
    } else {
      writeProduct(memory.x(), memory.da(), WEIGHT_KEY);
      writeProduct(memory.y(), memory.d(), VISIBLE_WEIGHT_KEY);
    }
  }

  private void writeProduct(INDArray a, INDArray b, String key) {
    if (takesSteps()) {
      Product.of(a, true, b, false, -stepRate, 1, getParam(key));
    } else {
      Product.of(a, true, b, false, 1, 0, gradientViews.get(key));
    }
  }

  /** Where the derivatives of a bias go. */
  private INDArray sums(String key, INDArray scratch) {
    return takesSteps() ? scratch : gradientViews.get(key);
  }

  private StepCells cells(INDArray target, INDArray cellWeights) {
    boolean told = pretraining && !Audience.looksAtScoresAlone(trainingListeners);
    if (!told && cellWeights == null && RowCells.suit(layerConf(), loss, target)) {
      return new RowCells(layerConf(), rows);
    }
    return new Nd4jCells(
        layerConf().getActivationFn(),
        loss,
        cellWeights,
        told ? this::tellListeners : (code, preOutput) -> {});
  }

  /** A joint loss scales the derivatives of one training, so that it needs them by themselves. */
  @Override
  public boolean beginDirectStep(double rate) {
    directStep = true;
    boolean takes = !Double.isNaN(rate) && layerConf().getDenoisingWeight() == 0;
    stepRate = takes ? rate : Double.NaN;
    return takes;
  }

  @Override
  public void endDirectStep() {
    directStep = false;
    stepRate = Double.NaN;
  }

  private boolean takesSteps() {
    return !Double.isNaN(stepRate);
  }

  private Gradient gradientOf(Map<String, INDArray> views) {
    Gradient result = new DefaultGradient(gradientsFlattened);
    views.forEach(result::setGradientFor);
    return result;
  }

  /** x in the layer's type, with its width and, under cross-entropy, its range checked. */
  private INDArray target(INDArray x) {
    requireColumns("input", x, layerConf().getNIn());
    INDArray target = x.castTo(dataType);
    if (layerConf().isInputRangeChecked()
        && layerConf().isCrossEntropy()
        && !(HostMemory.holdsRows(target) && Rows.areProbabilities(target))) {
      SigmoidCrossEntropy.requireTarget(target, layerId());
    }
    if (layerConf().isInputRangeChecked() && loss instanceof BlockwiseLoss blockwise) {
      blockwise.requireTarget(target, layerId());
    }
    return target;
  }

  private void requireColumns(String what, INDArray array, long columns) {
    if (array.rank() == 2 && array.size(1) == columns && array.size(0) > 0) {
      return;
    }
    String message =
        "DenoisingAutoEncoder %s must be [minibatch, %d], got %s %s"
            .formatted(what, columns, Arrays.toString(array.shape()), layerId());
    throw new DL4JInvalidInputException(
        pretraining && getIndex() > 0
            ? message
                + "; a plain MultiLayerNetwork of DL4J 1.0.0-M2.1 hands its own input to every layer"
                + " in pretraining (it passes layerIndex - 1 where layerIdx - 1 was meant),"
                + " io.github.dae4j.stacked.PretrainableNetwork does not"
            : message);
  }

  private void requireForm(INDArray corrupted, INDArray target) {
    if (!corrupted.equalShapes(target) || corrupted.dataType() != target.dataType()) {
      throw new IllegalStateException(
          "%s must keep shape and type of its input, %s %s, got %s %s"
              .formatted(
                  layerConf().getCorruption(),
                  target.dataType(),
                  Arrays.toString(target.shape()),
                  corrupted.dataType(),
                  Arrays.toString(corrupted.shape())));
    }
  }

  private INDArray dropOut(INDArray x, LayerWorkspaceMgr workspaceMgr) {
    IDropout dropout = layerConf().getIDropout();
    return dropout == null
        ? x
        : dropout.applyDropout(x, x.ulike(), getIterationCount(), getEpochCount(), workspaceMgr);
  }

  @SuppressWarnings("try")
  private void tellListeners(INDArray code, INDArray preOutput) {
    try (MemoryWorkspace scope = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      Map<String, INDArray> activations = new LinkedHashMap<>();
      activations.put("code", code);
      activations.put(
          "reconstruction",
          layerConf().getDecoderActivation().getActivation(preOutput.dup(), true));
      for (TrainingListener listener : trainingListeners) {
        listener.onForwardPass(this, activations);
      }
    }
  }

  /**
   * In training the pre-output is kept for backpropagation, where DL4J would compute it again; at
   * use it is DL4J's own, so that it is that of a dense layer to the bit.
   */
  @Override
  protected Pair<INDArray, INDArray> preOutputWithPreNorm(
      boolean training, boolean forBackprop, LayerWorkspaceMgr mgr) {
    if (!training) {
      return super.preOutputWithPreNorm(false, forBackprop, mgr);
    }
    assertInputSet(forBackprop);
    if (forBackprop && trainingPreOutput != null) {
      INDArray kept = trainingPreOutput;
      trainingPreOutput = null; // backpropagation overwrites it
      return Pair.of(kept, kept);
    }
    INDArray z = trainingPreOutput(mgr);
    trainingPreOutput = forBackprop ? null : mgr.dup(ArrayType.ACTIVATIONS, z);
    return Pair.of(z, z);
  }

  private INDArray trainingPreOutput(LayerWorkspaceMgr mgr) {
    INDArray z = trainingProduct(mgr).addiRowVector(getParamWithNoise(BIAS_KEY, true, mgr));
    if (maskArray != null) {
      applyMask(z);
    }
    return z;
  }

  private INDArray trainingProduct(LayerWorkspaceMgr mgr) {
    applyDropOutIfNecessary(true, mgr);
    requireColumns("input", input, layerConf().getNIn());
    INDArray w = getParamWithNoise(WEIGHT_KEY, true, mgr);
    INDArray z = mgr.createUninitialized(ArrayType.ACTIVATIONS, dataType, input.size(0), w.size(1));
    Product.of(input.castTo(dataType), w, z);
    return z;
  }

  /** In training the common activations take one pass over the rows, and back another. */
  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr mgr) {
    if (!training || !takesRows()) {
      return super.activate(training, mgr);
    }
    assertInputSet(false);
    INDArray code = trainingCode(mgr);
    trainingCode = mgr.dup(ArrayType.ACTIVATIONS, code); // above, cells of it may be dropped
    return code;
  }

  private INDArray trainingCode(LayerWorkspaceMgr mgr) {
    INDArray code = trainingProduct(mgr);
    rows.activate(code, getParamWithNoise(BIAS_KEY, true, mgr), rowActivation());
    return code;
  }

  private boolean takesRows() {
    return rowActivation() != null && maskArray == null && HostMemory.holdsRows(getParam(BIAS_KEY));
  }

  private Activation rowActivation() {
    return RowCells.known(layerConf().getActivationFn());
  }

  @Override
  public void setInput(INDArray input, LayerWorkspaceMgr workspaceMgr) {
    super.setInput(input, workspaceMgr);
    forgetForwardPass();
  }

  @Override
  public void clear() {
    super.clear();
    forgetForwardPass();
  }

  private void forgetForwardPass() {
    trainingPreOutput = null;
    trainingCode = null;
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr mgr) {
    assertInputSet(true);
    INDArray delta = delta(epsilon, mgr);
    INDArray x = input.castTo(dataType);
    INDArray below = mgr.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, x.shape(), 'c');
    if (!directStep || getIndex() > 0) { // else nobody looks at it
      Product.of(delta, false, getParamWithNoise(WEIGHT_KEY, true, mgr), true, 1, 0, below);
    }
    if (takesSteps()) {
      updates.sgd(getParam(BIAS_KEY), gradientViews.get(BIAS_KEY), stepRate);
    }
    writeProduct(x, delta, WEIGHT_KEY);
    weightNoiseParams.clear();
    if (layerConf().getDenoisingWeight() > 0) {
      addDenoisingGradient(mgr);
    } else {
      clearPretrainGradients();
    }
    return Pair.of(gradientOf(gradientViews), backpropDropOutIfPresent(below));
  }

  /**
   * The derivative of the pre-activation [minibatch, nOut]; its sums go to the view of the bias.
   */
  private INDArray delta(INDArray epsilon, LayerWorkspaceMgr mgr) {
    INDArray sums = gradientViews.get(BIAS_KEY);
    if (takesRows() && HostMemory.holdsRows(epsilon)) {
      INDArray delta = trainingCode == null ? trainingCode(mgr) : trainingCode;
      trainingCode = null; // it becomes the derivative
      rows.backprop(delta, epsilon, rowActivation(), delta, sums);
      return delta;
    }
    INDArray z = preOutputWithPreNorm(true, true, mgr).getFirst();
    INDArray delta = layerConf().getActivationFn().backprop(z, epsilon).getFirst();
    if (maskArray != null) {
      applyMask(delta);
    }
    delta.sum(sums, 0);
    return delta;
  }

  /** The updater skips these, but DL4J's step subtracts the whole flat gradient. */
  private void clearPretrainGradients() {
    if (!directStep) {
      gradientViews.forEach(
          (key, view) -> {
            if (layerConf().isPretrainParam(key)) {
              view.assign(0);
            }
          });
    }
  }

  /** The views hold the derivatives of the network's loss, where it has any. */
  private void addDenoisingGradient(LayerWorkspaceMgr mgr) {
    INDArray dW = gradientViews.get(WEIGHT_KEY);
    INDArray db = gradientViews.get(BIAS_KEY);
    INDArray supervisedW = dW.dup();
    INDArray supervisedB = db.dup();
    denoise(getIterationCount(), getEpochCount(), mgr);
    gradientViews.values().forEach(view -> view.muli(layerConf().getDenoisingWeight()));
    dW.addi(supervisedW);
    db.addi(supervisedB);
  }

  @Override
  public void applyConstraints(int iteration, int epoch) {
    List<LayerConstraint> constraints = layerConf().getConstraints();
    if (constraints == null) {
      return;
    }
    for (LayerConstraint constraint : constraints) {
      (pretraining ? constraint : withoutPretrainParams(constraint))
          .applyConstraint(this, iteration, epoch);
    }
  }

  private LayerConstraint withoutPretrainParams(LayerConstraint constraint) {
    Set<String> params = new HashSet<>(constraint.getParams());
    params.removeIf(layerConf()::isPretrainParam);
    LayerConstraint restricted = constraint.clone();
    restricted.setParams(params);
    return restricted;
  }

  @Override
  public Map<String, INDArray> paramTable(boolean backpropParamsOnly) {
    if (!backpropParamsOnly) {
      return params;
    }
    Map<String, INDArray> table = new LinkedHashMap<>(params);
    table.keySet().removeIf(layerConf()::isPretrainParam);
    return table;
  }

  @Override
  public long numParams(boolean backpropParamsOnly) {
    return paramTable(backpropParamsOnly).values().stream().mapToLong(INDArray::length).sum();
  }

  @Override
  public double calcRegularizationScore(boolean backpropParamsOnly) {
    double sum = 0;
    for (Map.Entry<String, INDArray> param : paramTable(backpropParamsOnly).entrySet()) {
      List<Regularization> terms = layerConf().getRegularizationByParam(param.getKey());
      if (terms != null) {
        for (Regularization term : terms) {
          sum += term.score(param.getValue(), getIterationCount(), getEpochCount());
        }
      }
    }
    return sum;
  }

  @Override
  public boolean isPretrainLayer() {
    return true;
  }

  @Override
  public void addListeners(TrainingListener... listeners) {
    List<TrainingListener> all = new ArrayList<>(trainingListeners);
    all.addAll(Arrays.asList(listeners));
    setListeners(all);
  }

  /**
   * A layer of its own, with copies of configuration and parameters; its updater, whose state DL4J
   * keeps in the solver, starts anew.
   */
  @Override
  public DenoisingAutoEncoderLayer clone() {
    NeuralNetConfiguration copy = conf().clone();
    return ((DenoisingAutoEncoder) copy.getLayer())
        .instantiate(
            copy, new ArrayList<>(getListeners()), getIndex(), params().dup(), false, dataType);
  }
}
