package io.github.dae4j.layer;

import static io.github.dae4j.layer.DenoisingAutoEncoderParamInitializer.BIAS_KEY;
import static io.github.dae4j.layer.DenoisingAutoEncoderParamInitializer.VISIBLE_BIAS_KEY;
import static io.github.dae4j.layer.DenoisingAutoEncoderParamInitializer.VISIBLE_WEIGHT_KEY;
import static io.github.dae4j.layer.DenoisingAutoEncoderParamInitializer.WEIGHT_KEY;

import io.github.dae4j.internal.compute.InferenceProduct;
import io.github.dae4j.internal.compute.OneThread;
import io.github.dae4j.internal.solver.DirectSolver;
import io.github.dae4j.internal.solver.ListenerNeeds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
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

/**
 * The running denoising autoencoder: a dense layer to its network, and a pretraining step of its
 * own.
 *
 * <p>Corruption draws from {@code Nd4j.getRandom()}, which is a generator of each thread's own: a
 * seed repeats a run whose network was initialised in the thread that pretrains it.
 *
 * <p>{@link #encode}, {@link #decode}, {@link #reconstruct} and the two reconstruction errors can
 * be called at any time, by any number of threads, in or outside a network or workspace; they never
 * corrupt, and their results are detached. They read parameters alone, on the calling thread.
 */
public class DenoisingAutoEncoderLayer extends EncoderLayer {

  private static final long serialVersionUID = 1L;

  private final ReconstructionLoss loss;
  private final DenoisingStep step;

  public DenoisingAutoEncoderLayer(NeuralNetConfiguration conf, DataType dataType) {
    super(conf, dataType);
    loss =
        ReconstructionLoss.of(
            layerConf().getReconstructionLoss(), layerConf().getDecoderActivation());
    step = new DenoisingStep(loss);
  }

  /**
   * The generator that corruption draws from; null, as it is at first, for {@code
   * Nd4j.getRandom()}. Dropout and weight noise are DL4J's and draw from the latter in any case.
   */
  public void setRandom(Random random) {
    step.setRandom(random);
  }

  /** The code y = s(x W + b) of an input: x [minibatch, nIn] -> y [minibatch, nOut]. */
  public INDArray encode(INDArray x) {
    checks().requireColumns("input", x, layerConf().getNIn());
    return detached(
        () ->
            layerConf()
                .getActivationFn()
                .getActivation(
                    InferenceProduct.of(
                        observed(x).values(), getParam(WEIGHT_KEY), getParam(BIAS_KEY)),
                    false));
  }

  /** The reconstruction z = t(y W' + vb) of a code: y [minibatch, nOut] -> z [minibatch, nIn]. */
  public INDArray decode(INDArray code) {
    checks().requireColumns("code", code, layerConf().getNOut());
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
    checks().requireColumns("code", code, layerConf().getNOut());
    return detached(() -> error(observed(x), decoderPreOutput(code)));
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
    checks().requireColumns("code", code, layerConf().getNOut());
    return detached(() -> errorPerFeature(observed(x), decoderPreOutput(code)));
  }

  private INDArray error(ObservedInput x, INDArray preOutput) {
    return x.cells() == null
        ? loss.perExample(checks().target(x.values()), preOutput)
        : errorPerFeature(x, preOutput).sum(1);
  }

  private INDArray errorPerFeature(ObservedInput x, INDArray preOutput) {
    INDArray errors = loss.perFeature(checks().target(x.values()), preOutput);
    return x.cells() == null ? errors : errors.muli(x.cells().castTo(errors.dataType()));
  }

  /**
   * The input to be expected of a code, [minibatch, nOut] -> [minibatch, nIn]: what it decodes to
   * or, under {@link MixedColumnsLoss}, that loss's {@code expected} of it.
   */
  public INDArray expected(INDArray code) {
    INDArray z = decode(code);
    return loss instanceof BlockwiseLoss blockwise ? detached(() -> blockwise.expected(z)) : z;
  }

  /**
   * What the encoder gets of a clean minibatch in pretraining, at the layer's present iteration and
   * epoch: x [minibatch, nIn] -> x~, same shape, in the workspace that is open.
   */
  public INDArray corrupt(INDArray x, Random random) {
    checks().requireColumns("input", x, layerConf().getNIn());
    ObservedInput clean = observed(x);
    INDArray corrupted =
        layerConf()
            .getCorruption()
            .corrupt(clean.values(), random, conf().getIterationCount(), conf().getEpochCount())
            .values();
    return clean.cells() == null ? corrupted : corrupted.mul(clean.cells());
  }

  /** A copy of x whose missing cells are filled, in three iterations from 0. */
  public INDArray impute(INDArray x) {
    return impute(x, Imputation.DEFAULT, null);
  }

  /** A copy of x whose missing cells are filled, in so many iterations from 0. */
  public INDArray impute(INDArray x, int iterations) {
    return impute(x, new Imputation(iterations), null);
  }

  /**
   * A copy of x [minibatch, nIn], in its type, whose missing cells, NaN, are filled by iterated
   * reconstruction; the others stay as they are, bit for bit. Cells need not be {@code
   * missingAllowed} in training for that.
   *
   * @param start what missing cells begin with [nIn], such as the columns' means
   */
  public INDArray impute(INDArray x, int iterations, INDArray start) {
    return impute(x, new Imputation(iterations), start);
  }

  private INDArray impute(INDArray x, Imputation imputation, INDArray start) {
    checks().requireColumns("input", x, layerConf().getNIn());
    return detached(() -> imputation.of(x, start, filled -> expected(encode(filled))));
  }

  @SuppressWarnings("try")
  private static INDArray detached(Supplier<INDArray> computation) {
    try (OneThread alone = OneThread.open();
        MemoryWorkspace scope = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return computation.get();
    }
  }

  private INDArray decoderPreOutput(INDArray code) {
    boolean tied = layerConf().isTiedWeights();
    INDArray v = getParam(tied ? WEIGHT_KEY : VISIBLE_WEIGHT_KEY);
    return InferenceProduct.of(code.castTo(dataType), v, tied, getParam(VISIBLE_BIAS_KEY));
  }

  /** One pretraining step on a clean minibatch [minibatch, nIn]. */
  @Override
  public void fit(INDArray input, LayerWorkspaceMgr workspaceMgr) {
    setInput(input, workspaceMgr);
    setIterationCount(conf().getIterationCount());
    setEpochCount(conf().getEpochCount());
    getOptimizer().setListeners(getListeners()); // which may be others than in the step before
    setPretraining(true);
    try {
      solver.optimize(workspaceMgr);
    } finally {
      setPretraining(false);
      if (this.input != null && this.input.isAttached()) {
        this.input = null; // it lives in the caller's workspace
      }
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
    DirectSolver.forgetGradient(solver);
    derivatives().forgetLeftOut();
    score =
        denoise(conf().getIterationCount(), conf().getEpochCount(), workspaceMgr)
            + calcRegularizationScore(false);
    gradient = gradientOfViews();
  }

  private double denoise(int iteration, int epoch, LayerWorkspaceMgr mgr) {
    InputChecks checks = checks();
    INDArray target = checks.typed(input());
    try {
      return step.run(
          layerConf(),
          new DenoisingStep.Minibatch(target, observedCells(), maskArray, iteration, epoch),
          checks,
          () -> noisyWeights(mgr),
          derivatives(),
          activationListeners(),
          mgr);
    } finally {
      clearNoiseWeightParams();
      if (layerConf().getIDropout() != null) {
        layerConf().getIDropout().clear(); // its mask lives in the workspace of this step
      }
    }
  }

  private DenoisingStep.Weights noisyWeights(LayerWorkspaceMgr mgr) {
    INDArray b = noisyParam(BIAS_KEY, mgr);
    INDArray vb = noisyParam(VISIBLE_BIAS_KEY, mgr);
    INDArray w = noisyParam(WEIGHT_KEY, mgr);
    INDArray v = layerConf().isTiedWeights() ? w : noisyParam(VISIBLE_WEIGHT_KEY, mgr);
    return new DenoisingStep.Weights(w, b, v, vb);
  }

  /** Null if no listener wants code and reconstruction, or this is no pretraining. */
  private BiConsumer<INDArray, INDArray> activationListeners() {
    return isPretraining() && ListenerNeeds.of(getListeners()).activations()
        ? this::tellListeners
        : null;
  }

  @SuppressWarnings("try")
  private void tellListeners(INDArray code, INDArray reconstruction) {
    try (MemoryWorkspace scope = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      Map<String, INDArray> activations = new LinkedHashMap<>();
      activations.put("code", code);
      activations.put("reconstruction", reconstruction);
      for (TrainingListener listener : getListeners()) {
        listener.onForwardPass(this, activations);
      }
    }
  }

  @Override
  InputChecks checks() {
    return new InputChecks(
        layerConf(), loss, dataType, this::layerId, isPretraining() && getIndex() > 0);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr mgr) {
    DirectSolver.forgetGradient(solver);
    derivatives().forgetLeftOut();
    Pair<Gradient, INDArray> result = super.backpropGradient(epsilon, mgr);
    if (layerConf().getDenoisingWeight() > 0) {
      score = addDenoising(layerConf().getDenoisingWeight(), mgr);
    }
    return result;
  }

  /** Adds weight x the denoising loss to the network's, in the views; returns that loss. */
  private double addDenoising(double weight, LayerWorkspaceMgr mgr) {
    INDArray supervisedW = gradientViews.get(WEIGHT_KEY).dup();
    INDArray supervisedB = gradientViews.get(BIAS_KEY).dup();
    double denoising = denoise(getIterationCount(), getEpochCount(), mgr);
    gradientsFlattened.muli(weight);
    gradientViews.get(WEIGHT_KEY).addi(supervisedW);
    gradientViews.get(BIAS_KEY).addi(supervisedB);
    return denoising;
  }

  /** After a step of pretraining the update that was subtracted, as in every layer of DL4J's. */
  @Override
  public Gradient gradient() {
    DirectSolver.completeGradient(solver);
    return super.gradient();
  }

  @Override
  public INDArray getGradientsViewArray() {
    DirectSolver.completeGradient(solver);
    return super.getGradientsViewArray();
  }

  /**
   * A layer of its own, with copies of configuration and parameters; its updater, whose state DL4J
   * keeps in the solver, starts anew.
   */
  @Override
  public DenoisingAutoEncoderLayer clone() {
    NeuralNetConfiguration conf = conf().clone();
    INDArray params = params().dup();
    DenoisingAutoEncoderLayer copy =
        ((DenoisingAutoEncoder) conf.getLayer())
            .instantiate(
                conf, new ArrayList<>(getListeners()), getIndex(), params, false, dataType);
    copy.setBackpropGradientsViewArray(params.like()); // a network's layers have parts of one
    return copy;
  }
}
