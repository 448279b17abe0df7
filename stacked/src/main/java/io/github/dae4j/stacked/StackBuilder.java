package io.github.dae4j.stacked;

import static io.github.dae4j.stacked.StackedDenoisingAutoEncoder.required;

import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.corruption.NoCorruption;
import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.layer.Emphasis;
import io.github.dae4j.layer.Sparsity;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.api.preprocessor.DataNormalization;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Builds a {@link StackedDenoisingAutoEncoder}; only the widths must be given. */
public final class StackBuilder {

  private final int nIn;
  private final int[] codes;
  private final NeuralNetConfiguration.Builder settings =
      new NeuralNetConfiguration.Builder().weightInit(WeightInit.XAVIER);
  private List<Corruption> corruptions = List.of(new NoCorruption());
  private double[] contractions = {0};
  private List<Sparsity> sparsities = List.of(Sparsity.NONE);
  private List<Emphasis> emphases = List.of(Emphasis.NONE);
  private Activation activation = Activation.SIGMOID;
  private UnaryOperator<DenoisingAutoEncoder.Builder> visible = builder -> builder;
  private boolean tiedWeights = true;
  private boolean missingAllowed;
  private boolean inputRangeChecked = true;
  private OutputLayer output;
  private DataNormalization normalization;

  StackBuilder(int nIn, int... codes) {
    required("codes", codes);
    if (!(nIn > 0 && codes.length > 0 && Arrays.stream(codes).allMatch(width -> width > 0))) {
      throw new IllegalArgumentException(
          "StackedDenoisingAutoEncoder widths must be nIn > 0 and one or more codes > 0, got %d, %s"
              .formatted(nIn, Arrays.toString(codes)));
    }
    this.nIn = nIn;
    this.codes = codes.clone();
  }

  /**
   * What pretraining does to the input of each layer: one for all or one for each; nothing by
   * default.
   */
  public StackBuilder corruption(Corruption... corruptions) {
    this.corruptions = oneOrAll("corruption", corruptions);
    return this;
  }

  /**
   * The weight of {@link DenoisingAutoEncoder.Builder#contraction}: one for all layers or one for
   * each; 0 by default.
   */
  public StackBuilder contraction(double... weights) {
    requireOneOrAll("contraction", required("contraction", weights).length);
    contractions = weights.clone();
    return this;
  }

  /**
   * The {@link DenoisingAutoEncoder.Builder#sparsity} of codes: one for all layers or one for each;
   * none by default.
   */
  public StackBuilder sparsity(Sparsity... sparsities) {
    this.sparsities = oneOrAll("sparsity", sparsities);
    return this;
  }

  /**
   * The weights of the reconstruction loss on corrupted and on untouched cells: one pair for all
   * layers or one for each; 1 and 1 by default.
   */
  public StackBuilder emphasis(Emphasis... emphases) {
    this.emphases = oneOrAll("emphasis", emphases);
    return this;
  }

  private <T> List<T> oneOrAll(String parameter, T[] given) {
    requireOneOrAll(parameter, required(parameter, given).length);
    for (T each : given) {
      required(parameter, each);
    }
    return List.of(given);
  }

  private void requireOneOrAll(String parameter, int given) {
    if (given != 1 && given != codes.length) {
      throw new IllegalArgumentException(
          "StackedDenoisingAutoEncoder %s must be one or one for each of %d layers, got %d"
              .formatted(parameter, codes.length, given));
    }
  }

  /**
   * The activation of all codes; sigmoid by default. The decoder of a code that is not a sigmoid's
   * has the same activation and squared error, otherwise cross-entropy.
   */
  public StackBuilder activation(Activation activation) {
    this.activation = required("activation", activation);
    return this;
  }

  /** The bottom decoder: sigmoid and cross-entropy, for input in [0, 1], by default. */
  public StackBuilder visible(Activation decoderActivation, LossFunction loss) {
    required("decoderActivation", decoderActivation);
    required("loss", loss);
    visible = builder -> builder.decoderActivation(decoderActivation).reconstructionLoss(loss);
    return this;
  }

  /** The bottom decoder with a loss that has no name in DL4J, such as that of mixed columns. */
  public StackBuilder visible(Activation decoderActivation, ILossFunction loss) {
    required("decoderActivation", decoderActivation);
    required("loss", loss);
    visible = builder -> builder.decoderActivation(decoderActivation).reconstructionLoss(loss);
    return this;
  }

  /** Whether decoders use their encoders' weights, transposed; true by default. */
  public StackBuilder tiedWeights(boolean tiedWeights) {
    this.tiedWeights = tiedWeights;
    return this;
  }

  /** Whether NaN in the stack's input is a missing cell, not an error; false by default. */
  public StackBuilder missingAllowed(boolean missingAllowed) {
    this.missingAllowed = missingAllowed;
    return this;
  }

  /**
   * Whether input of a cross-entropy is held to [0, 1]: refused in training, warned of in {@code
   * encode} and {@code reconstruct}; true by default.
   */
  public StackBuilder inputRangeChecked(boolean inputRangeChecked) {
    this.inputRangeChecked = inputRangeChecked;
    return this;
  }

  /** How weights are drawn, except those of an output layer that has its own; Xavier by default. */
  public StackBuilder weightInit(WeightInit weightInit) {
    settings.weightInit(required("weightInit", weightInit));
    return this;
  }

  /** The seed of the initial weights, as DL4J uses it. */
  public StackBuilder seed(long seed) {
    settings.seed(seed);
    return this;
  }

  /** DL4J's default otherwise. */
  public StackBuilder updater(IUpdater updater) {
    settings.updater(updater);
    return this;
  }

  /** ND4J's default type otherwise. */
  public StackBuilder dataType(DataType type) {
    settings.dataType(type);
    return this;
  }

  /** A layer above the top code, for fine-tuning; none by default. Its nIn is set here. */
  public StackBuilder output(OutputLayer output) {
    this.output = output;
    return this;
  }

  /**
   * What turns the user's units into the network's; nothing by default. {@link #build} copies it.
   * Trainers, which see the network, get their minibatches by {@link
   * StackedDenoisingAutoEncoder#normalized}.
   */
  public StackBuilder normalization(DataNormalization normalization) {
    this.normalization = normalization;
    return this;
  }

  /** A new stack with fresh weights. */
  public StackedDenoisingAutoEncoder build() {
    NeuralNetConfiguration.ListBuilder layers = settings.clone().list();
    for (int layer = 0; layer < codes.length; layer++) {
      layers.layer(layer(layer));
    }
    if (output != null) {
      OutputLayer top = (OutputLayer) output.clone();
      top.setNIn(codes[codes.length - 1]);
      layers.layer(top);
    }
    PretrainableNetwork network = new PretrainableNetwork(layers.build());
    return StackedDenoisingAutoEncoder.of(network, normalization);
  }

  private DenoisingAutoEncoder layer(int layer) {
    Emphasis emphasis = emphases.get(emphases.size() == 1 ? 0 : layer);
    Sparsity sparsity = sparsities.get(sparsities.size() == 1 ? 0 : layer);
    DenoisingAutoEncoder.Builder builder =
        new DenoisingAutoEncoder.Builder()
            .nIn(layer == 0 ? nIn : codes[layer - 1])
            .nOut(codes[layer])
            .activation(activation)
            .tiedWeights(tiedWeights)
            .corruption(corruptions.get(corruptions.size() == 1 ? 0 : layer))
            .contraction(contractions[contractions.length == 1 ? 0 : layer])
            .emphasis(emphasis.corrupted(), emphasis.untouched())
            .sparsity(sparsity.rate(), sparsity.weight());
    if (layer == 0) {
      visible.apply(builder).missingAllowed(missingAllowed).inputRangeChecked(inputRangeChecked);
    } else if (activation != Activation.SIGMOID) {
      builder.decoderActivation(activation).reconstructionLoss(LossFunction.L2);
    }
    return builder.build();
  }
}
