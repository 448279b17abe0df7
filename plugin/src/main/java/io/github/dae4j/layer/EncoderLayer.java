package io.github.dae4j.layer;

import static io.github.dae4j.layer.DenoisingAutoEncoderParamInitializer.BIAS_KEY;
import static io.github.dae4j.layer.DenoisingAutoEncoderParamInitializer.WEIGHT_KEY;

import io.github.dae4j.internal.compute.Activation;
import io.github.dae4j.internal.compute.FusedKernels;
import io.github.dae4j.internal.compute.HostMemory;
import io.github.dae4j.internal.compute.Product;
import io.github.dae4j.internal.solver.DirectLayer;
import io.github.dae4j.internal.solver.FastPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * The encoder as its network sees it: a dense layer. The decoder's parameters train only in
 * pretraining.
 */
abstract class EncoderLayer extends BaseLayer<DenoisingAutoEncoder> implements DirectLayer {

  private static final long serialVersionUID = 1L;

  private final FusedKernels rows = new FusedKernels();
  private final Derivatives derivatives = new Derivatives();

  /** Which cells of the present input are there; null if all of them. */
  private transient INDArray observedCells;

  /** Of the present input, if it went forward in training and did not come back yet. */
  private transient INDArray trainingPreOutput;

  /** The same where it is kept as the code, from which the derivative follows. */
  private transient INDArray trainingCode;

  private boolean pretraining;

  /** Whether the last step back has left the views of pretrain-only parameters as they were. */
  private transient boolean pretrainViewsLeftOut;

  EncoderLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
  }

  abstract InputChecks checks();

  /** Whether all parameters are being trained, for the sake of reconstruction alone. */
  boolean isPretraining() {
    return pretraining;
  }

  void setPretraining(boolean pretraining) {
    this.pretraining = pretraining;
  }

  /** Null if all cells of the present input are there, otherwise 1 or 0 for each. */
  INDArray observedCells() {
    return observedCells;
  }

  Derivatives derivatives() {
    return derivatives.of(gradientViews, params);
  }

  INDArray noisyParam(String key, LayerWorkspaceMgr mgr) {
    return getParamWithNoise(key, true, mgr);
  }

  Gradient gradientOfViews() {
    Gradient result = new DefaultGradient(gradientsFlattened);
    gradientViews.forEach(result::setGradientFor);
    return result;
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
    INDArray z = trainingProduct(mgr).addiRowVector(noisyParam(BIAS_KEY, mgr));
    if (maskArray != null) {
      applyMask(z);
    }
    return z;
  }

  private INDArray trainingProduct(LayerWorkspaceMgr mgr) {
    applyDropOutIfNecessary(true, mgr);
    checks().requireColumns("input", input, layerConf().getNIn());
    INDArray w = noisyParam(WEIGHT_KEY, mgr);
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
    INDArray b = noisyParam(BIAS_KEY, mgr);
    if (!HostMemory.holdsRows(code)) { // of more than 2 GiB
      return layerConf().getActivationFn().getActivation(code.addiRowVector(b), true);
    }
    rows.activate(code, b, rowActivation());
    return code;
  }

  private boolean takesRows() {
    return FastPath.ofDense(layerConf().getActivationFn(), maskArray, getParam(BIAS_KEY)).isTaken();
  }

  private Activation rowActivation() {
    return FastPath.knownActivation(layerConf().getActivationFn());
  }

  @Override
  public void setInput(INDArray input, LayerWorkspaceMgr workspaceMgr) {
    super.setInput(withoutMissing(input), workspaceMgr);
    forgetForwardPass();
  }

  @SuppressWarnings("try")
  private INDArray withoutMissing(INDArray input) {
    observedCells = null;
    if (input == null || !layerConf().isMissingAllowed()) {
      return input;
    }
    try (MemoryWorkspace scope = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      ObservedInput observed = observed(input);
      observedCells = observed.cells();
      return observedCells == null ? input : observed.values();
    }
  }

  /** x in the layer's type, its missing cells apart if there may be some. */
  ObservedInput observed(INDArray x) {
    INDArray typed = x.castTo(dataType);
    return layerConf().isMissingAllowed()
        ? ObservedInput.of(typed)
        : new ObservedInput(typed, null);
  }

  @Override
  public void clear() {
    super.clear();
    observedCells = null;
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
    if (!derivatives.isDirectStep() || getIndex() > 0) { // else nobody looks at it
      Product.of(delta, false, noisyParam(WEIGHT_KEY, mgr), true, 1, 0, below);
    }
    derivatives().addView(BIAS_KEY);
    derivatives().addPassingProduct(WEIGHT_KEY, x, delta);
    weightNoiseParams.clear();
    clearPretrainGradients();
    return Pair.of(gradientOfViews(), backpropDropOutIfPresent(below));
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
    pretrainViewsLeftOut = derivatives.isDirectStep();
    if (pretrainViewsLeftOut) {
      return;
    }
    gradientViews.forEach(
        (key, view) -> {
          if (layerConf().isPretrainParam(key)) {
            view.assign(0);
          }
        });
  }

  @Override
  public boolean beginDirectStep(double rate) {
    boolean takes =
        FastPath.ofUpdateByProduct(
                rate,
                layerConf().getDenoisingWeight(),
                isPretraining() && layerConf().penalizesCode())
            .isTaken();
    derivatives.beginDirectStep(takes ? rate : Double.NaN);
    return takes;
  }

  @Override
  public void endDirectStep() {
    derivatives.endDirectStep();
  }

  @Override
  public void completeGradient() {
    derivatives.complete();
    if (pretrainViewsLeftOut) {
      clearPretrainGradients();
    }
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

  /** All, as DL4J's pretrain layers count: it takes the number for the length of the gradient. */
  @Override
  public long numParams(boolean backpropParamsOnly) {
    return numParams();
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
}
