package io.github.dae4j.layer;

import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.corruption.NoCorruption;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;

/**
 * Configuration of a denoising autoencoder: {@code y = s(x~ W + b)}, {@code z = t(y W' + vb)},
 * trained so that z reconstructs the clean x from the corrupted x~ (Vincent et al. 2008, 2010).
 *
 * <p>In a network it is a dense layer x [minibatch, nIn] -> y [minibatch, nOut] that DL4J can
 * pretrain.
 */
public final class DenoisingAutoEncoder extends FeedForwardLayer {

  private static final long serialVersionUID = 1L;

  private IActivation decoderActivation;
  private ILossFunction reconstructionLoss;
  private Corruption corruption;
  private Emphasis emphasis;
  private boolean tiedWeights;
  private double visibleBiasInit;
  private boolean inputRangeChecked;
  private double denoisingWeight;
  private double contraction;
  private Sparsity sparsity;
  private boolean missingAllowed;

  /** For Jackson: what a file does not say has its default. */
  private DenoisingAutoEncoder() {
    this(new Builder());
  }

  private DenoisingAutoEncoder(Builder builder) {
    super(builder);
    decoderActivation = builder.decoderActivation;
    reconstructionLoss = builder.reconstructionLoss;
    corruption = builder.corruption;
    emphasis = builder.emphasis;
    tiedWeights = builder.tiedWeights;
    visibleBiasInit = builder.visibleBiasInit;
    inputRangeChecked = builder.inputRangeChecked;
    denoisingWeight = builder.denoisingWeight;
    contraction = builder.contraction;
    sparsity = builder.sparsity;
    missingAllowed = builder.missingAllowed;
    ConfigurationRules.require(this);
    initializeConstraints(builder);
  }

  public IActivation getDecoderActivation() {
    return decoderActivation;
  }

  public ILossFunction getReconstructionLoss() {
    return reconstructionLoss;
  }

  public Corruption getCorruption() {
    return corruption;
  }

  public Emphasis getEmphasis() {
    return emphasis;
  }

  public boolean isTiedWeights() {
    return tiedWeights;
  }

  public double getVisibleBiasInit() {
    return visibleBiasInit;
  }

  public boolean isInputRangeChecked() {
    return inputRangeChecked;
  }

  /** A copy with another corruption. */
  public DenoisingAutoEncoder withCorruption(Corruption corruption) {
    DenoisingAutoEncoder copy = (DenoisingAutoEncoder) clone();
    copy.corruption = ConfigurationRules.required("corruption", corruption);
    SavedForm.require(corruption);
    ConfigurationRules.require(copy);
    return copy;
  }

  /** A copy with another reconstruction loss, which must go with the decoder's activation. */
  public DenoisingAutoEncoder withReconstructionLoss(ILossFunction loss) {
    DenoisingAutoEncoder copy = (DenoisingAutoEncoder) clone();
    copy.reconstructionLoss = ConfigurationRules.requiredLoss(loss);
    ConfigurationRules.require(copy);
    return copy;
  }

  public double getContraction() {
    return contraction;
  }

  public Sparsity getSparsity() {
    return sparsity;
  }

  public boolean isMissingAllowed() {
    return missingAllowed;
  }

  /** Whether a denoising step has more to it than the reconstruction loss. */
  boolean penalizesCode() {
    return contraction > 0 || sparsity.weight() > 0;
  }

  public double getDenoisingWeight() {
    return denoisingWeight;
  }

  /** Sets {@link Builder#denoisingWeight}; a network of this layer needs a new updater then. */
  public void setDenoisingWeight(double denoisingWeight) {
    ConfigurationRules.requireWeight("denoisingWeight", denoisingWeight);
    ConfigurationRules.requireNoNoiseButCorruption(this, denoisingWeight);
    this.denoisingWeight = denoisingWeight;
  }

  /** A copy whose decoder has weights of its own, under the constraints that W is under. */
  public DenoisingAutoEncoder untied() {
    DenoisingAutoEncoder copy = (DenoisingAutoEncoder) clone();
    copy.tiedWeights = false;
    if (constraints != null) {
      copy.constraints =
          constraints.stream().map(DenoisingAutoEncoder::onVisibleWeightsToo).toList();
    }
    return copy;
  }

  private static LayerConstraint onVisibleWeightsToo(LayerConstraint constraint) {
    LayerConstraint copy = constraint.clone();
    Set<String> params = new HashSet<>(constraint.getParams());
    if (params.contains(DenoisingAutoEncoderParamInitializer.WEIGHT_KEY)) {
      params.add(DenoisingAutoEncoderParamInitializer.VISIBLE_WEIGHT_KEY);
    }
    copy.setParams(params);
    return copy;
  }

  @Override
  public DenoisingAutoEncoderLayer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray paramsView,
      boolean initializeParams,
      DataType dataType) {
    LayerValidation.assertNInNOutSet(
        "DenoisingAutoEncoder", getLayerName(), layerIndex, getNIn(), getNOut());
    ConfigurationRules.require(this); // it may come from a file
    ConfigurationRules.requireRates(this, dataType);
    corruption.validateFor(getNIn());
    ConfigurationRules.requireMatchingWidth(this);

    DenoisingAutoEncoderLayer layer = new DenoisingAutoEncoderLayer(conf, dataType);
    layer.setListeners(listeners);
    layer.setIndex(layerIndex);
    layer.setParamsViewArray(paramsView);
    layer.setParamTable(initializer().init(conf, paramsView, initializeParams));
    return layer;
  }

  @Override
  public ParamInitializer initializer() {
    return DenoisingAutoEncoderParamInitializer.getInstance();
  }

  /** Whether only pretraining uses a parameter: the decoder's, unless {@code fit} denoises too. */
  @Override
  public boolean isPretrainParam(String paramName) {
    return denoisingWeight == 0 && DenoisingAutoEncoderParamInitializer.isPretrainParam(paramName);
  }

  /** The memory of pretraining, which is the larger use. */
  @Override
  public LayerMemoryReport getMemoryReport(InputType inputType) {
    InputType outputType = getOutputType(-1, inputType);
    long params = initializer().numParams(this);
    // corrupted input, which of its cells were touched, reconstruction and its gradient;
    // pre-activation of the code, code and its gradient
    long perExample = 4 * getNIn() + 3 * getNOut();
    return new LayerMemoryReport.Builder(
            layerName, DenoisingAutoEncoder.class, inputType, outputType)
        .standardMemory(params, getIUpdater().stateSize(params))
        .workingMemory(0, 0, 0, perExample)
        .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
        .build();
  }

  boolean isCrossEntropy() {
    return reconstructionLoss instanceof LossBinaryXENT;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof DenoisingAutoEncoder other
        && super.equals(o)
        && state().equals(other.state());
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + state().hashCode();
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof DenoisingAutoEncoder;
  }

  private List<Object> state() {
    return Arrays.asList(
        decoderActivation,
        reconstructionLoss,
        corruption,
        emphasis,
        tiedWeights,
        visibleBiasInit,
        inputRangeChecked,
        denoisingWeight,
        contraction,
        sparsity,
        missingAllowed);
  }

  @Override
  public String toString() {
    return "DenoisingAutoEncoder(nIn=%s, nOut=%s, activation=%s, decoderActivation=%s, corruption=%s, reconstructionLoss=%s, emphasis=%s, tiedWeights=%s)"
        .formatted(
            getNIn(),
            getNOut(),
            getActivationFn(),
            decoderActivation,
            corruption,
            reconstructionLoss,
            emphasis,
            tiedWeights);
  }

  /** Builds a {@link DenoisingAutoEncoder}; only {@code nOut} has no default. */
  @SuppressWarnings("unchecked") // DL4J declares <E extends Layer> E build()
  public static class Builder extends FeedForwardLayer.Builder<Builder> {

    private IActivation decoderActivation = new ActivationSigmoid();
    private ILossFunction reconstructionLoss = new LossBinaryXENT();
    private Corruption corruption = new NoCorruption();
    private Emphasis emphasis = Emphasis.NONE;
    private boolean tiedWeights = true;
    private double visibleBiasInit = 0;
    private boolean inputRangeChecked = true;
    private double denoisingWeight = 0;
    private double contraction = 0;
    private Sparsity sparsity = Sparsity.NONE;
    private boolean missingAllowed = false;

    /** The decoder's activation t; sigmoid by default. */
    public Builder decoderActivation(Activation activation) {
      return decoderActivation(
          ConfigurationRules.required("decoderActivation", activation).getActivationFunction());
    }

    /** The decoder's activation t; sigmoid by default. */
    public Builder decoderActivation(IActivation activation) {
      decoderActivation = ConfigurationRules.required("decoderActivation", activation);
      return this;
    }

    /**
     * What pretraining does to the input; nothing by default.
     *
     * @throws IllegalArgumentException if it would not survive being saved with a model
     */
    public Builder corruption(Corruption corruption) {
      this.corruption = ConfigurationRules.required("corruption", corruption);
      SavedForm.require(corruption);
      return this;
    }

    /**
     * The loss L(x, z), summed over the features of an example as the given function defines it;
     * binary cross-entropy by default.
     */
    public Builder reconstructionLoss(ILossFunction loss) {
      reconstructionLoss = ConfigurationRules.requiredLoss(loss);
      return this;
    }

    /**
     * The loss L(x, z) by its name in DL4J, except that {@code RECONSTRUCTION_CROSSENTROPY} is what
     * it says, binary cross-entropy, and not the Kullback-Leibler divergence that DL4J makes of it.
     */
    public Builder reconstructionLoss(LossFunction loss) {
      ConfigurationRules.required("reconstructionLoss", loss);
      return reconstructionLoss(
          loss == LossFunction.RECONSTRUCTION_CROSSENTROPY
              ? new LossBinaryXENT()
              : loss.getILossFunction());
    }

    /** The loss's weights on corrupted and on untouched cells; 1 and 1 by default. */
    public Builder emphasis(double corrupted, double untouched) {
      emphasis = new Emphasis(corrupted, untouched);
      return this;
    }

    /** Whether the decoder uses the encoder's weights, transposed; true by default. */
    public Builder tiedWeights(boolean tiedWeights) {
      this.tiedWeights = tiedWeights;
      return this;
    }

    /** The initial value of the decoder's bias; 0 by default. */
    public Builder visibleBiasInit(double visibleBiasInit) {
      ConfigurationRules.requireFinite(visibleBiasInit);
      this.visibleBiasInit = visibleBiasInit;
      return this;
    }

    /**
     * Whether input outside [0, 1], or NaN unless cells may be missing, under binary cross-entropy
     * is an error; true by default, at the cost of three passes over each minibatch. Under {@link
     * MixedColumnsLoss} it is about the columns that are no numbers.
     */
    public Builder inputRangeChecked(boolean inputRangeChecked) {
      this.inputRangeChecked = inputRangeChecked;
      return this;
    }

    /**
     * Adds weight x this layer's denoising loss to what {@code fit} minimizes, and trains the
     * decoder with it; 0 by default (Ranzato and Szummer 2008; Zhang et al. 2016, "SAE-first").
     *
     * <p>The layer's input counts as given: for a first layer the gradient is that of the sum, and
     * from layers above none of the term reaches those below. The network's score leaves it out;
     * the layer's own score is the denoising loss of the last step.
     */
    public Builder denoisingWeight(double denoisingWeight) {
      ConfigurationRules.requireWeight("denoisingWeight", denoisingWeight);
      this.denoisingWeight = denoisingWeight;
      return this;
    }

    /**
     * Adds weight x the mean over examples of the squared Frobenius norm of the code's Jacobian at
     * the corrupted input to the denoising loss (Rifai et al. 2011); 0 by default.
     *
     * <p>The activation must be sigmoid, tanh, relu or identity.
     */
    public Builder contraction(double weight) {
      ConfigurationRules.requireWeight("contraction", weight);
      contraction = weight;
      return this;
    }

    /**
     * Adds weight x the sum over units of KL(rate || mean of the unit's code over the minibatch) to
     * the denoising loss; weight 0 by default.
     *
     * <p>The activation must be sigmoid.
     */
    public Builder sparsity(double rate, double weight) {
      sparsity = new Sparsity(rate, weight);
      return this;
    }

    /**
     * Whether NaN in the input is a missing cell; false by default.
     *
     * <p>It goes to the encoder as 0, in training, whatever the corruption, and at use; its loss
     * and its reconstruction error are 0.
     */
    public Builder missingAllowed(boolean missingAllowed) {
      this.missingAllowed = missingAllowed;
      return this;
    }

    @Override
    public Builder weightDecay(double coefficient) {
      super.weightDecay(coefficient);
      return this;
    }

    @Override
    public Builder weightDecay(double coefficient, boolean applyLR) {
      super.weightDecay(coefficient, applyLR);
      return this;
    }

    @Override
    public Builder weightDecayBias(double coefficient) {
      super.weightDecayBias(coefficient);
      return this;
    }

    @Override
    public Builder weightDecayBias(double coefficient, boolean applyLR) {
      super.weightDecayBias(coefficient, applyLR);
      return this;
    }

    @Override
    public DenoisingAutoEncoder build() {
      return new DenoisingAutoEncoder(this);
    }
  }
}
