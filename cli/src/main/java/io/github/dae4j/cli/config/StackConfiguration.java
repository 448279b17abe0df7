package io.github.dae4j.cli.config;

import io.github.dae4j.cli.config.ChoiceForm.Kind;
import io.github.dae4j.cli.config.Form.ConvertedForm;
import io.github.dae4j.cli.config.Form.FlagForm;
import io.github.dae4j.cli.config.Form.ListForm;
import io.github.dae4j.cli.config.Form.NamedForm;
import io.github.dae4j.cli.config.Form.WordForm;
import io.github.dae4j.cli.config.NumberForm.Interval;
import io.github.dae4j.cli.config.RecordForm.Key;
import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.corruption.ExactMaskingCorruption;
import io.github.dae4j.corruption.GaussianCorruption;
import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.corruption.NoCorruption;
import io.github.dae4j.corruption.PerColumnCorruption;
import io.github.dae4j.corruption.SaltAndPepperCorruption;
import io.github.dae4j.corruption.SwapCorruption;
import io.github.dae4j.layer.Emphasis;
import io.github.dae4j.layer.Sparsity;
import io.github.dae4j.stacked.StackBuilder;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The denoising autoencoders of a stack, from the bottom to the top.
 *
 * @param activation of all codes
 * @param initialization how weights are drawn, except the output layer's
 * @param tied whether decoders use their encoders' weights
 * @param outputInitialization how the weights of the output layer are drawn
 * @param visible the bottom decoder; null for sigmoid and cross-entropy
 * @param missingAllowed whether NaN in the input is a missing cell
 * @param inputRangeChecked whether input of a cross-entropy is held to [0, 1]
 */
public record StackConfiguration(
    Activation activation,
    WeightInit initialization,
    boolean tied,
    WeightInit outputInitialization,
    VisibleConfiguration visible,
    boolean missingAllowed,
    boolean inputRangeChecked,
    List<LayerConfiguration> layers) {

  private static final Form<Activation> ACTIVATION =
      WordForm.of(Activation.SIGMOID, Activation.TANH, Activation.RELU);

  private static final WeightInit[] DRAWN = {
    WeightInit.XAVIER,
    WeightInit.XAVIER_UNIFORM,
    WeightInit.SIGMOID_UNIFORM,
    WeightInit.RELU,
    WeightInit.RELU_UNIFORM,
    WeightInit.LECUN_NORMAL,
    WeightInit.LECUN_UNIFORM
  };

  static final RecordForm<StackConfiguration> FORM =
      RecordForm.of(
          StackConfiguration.class,
          Key.withDefault("activation", ACTIVATION, Activation.SIGMOID),
          Key.withDefault("initialization", WordForm.of(DRAWN), WeightInit.XAVIER),
          Key.withDefault("tied", new FlagForm(), true),
          Key.withDefault("output-initialization", WordForm.of(drawnOrZero()), WeightInit.XAVIER),
          Key.optional("visible", VisibleConfiguration.FORM),
          Key.withDefault("missing-allowed", new FlagForm(), false),
          Key.withDefault("input-range-checked", new FlagForm(), true),
          Key.required("layers", ListForm.ofSome(LayerConfiguration.FORM)));

  public StackConfiguration {
    FORM.check(
        activation,
        initialization,
        tied,
        outputInitialization,
        visible,
        missingAllowed,
        inputRangeChecked,
        layers);
    layers = List.copyOf(layers);
    for (int layer = 0; layer < layers.size(); layer++) {
      FORM.require(
          layers.get(layer).sparsity() == null || activation == Activation.SIGMOID,
          "layers[%d].sparsity".formatted(layer),
          "left out unless the activation is sigmoid",
          "a map");
    }
  }

  /** Units of a code that begin equal stay equal, those of classes do not. */
  private static WeightInit[] drawnOrZero() {
    WeightInit[] all = Arrays.copyOf(DRAWN, DRAWN.length + 1);
    all[DRAWN.length] = WeightInit.ZERO;
    return all;
  }

  /** The widths of all codes, from the bottom to the top. */
  private int[] widths() {
    return layers.stream().mapToInt(LayerConfiguration::units).toArray();
  }

  /** A builder of this stack, with a softmax layer on top if there are {@code classes}. */
  StackBuilder builder(int inputs, int classes, long seed) {
    StackBuilder builder =
        StackedDenoisingAutoEncoder.builder(inputs, widths())
            .activation(activation)
            .weightInit(initialization)
            .tiedWeights(tied)
            .corruption(
                layers.stream().map(LayerConfiguration::corruption).toArray(Corruption[]::new))
            .contraction(layers.stream().mapToDouble(LayerConfiguration::contraction).toArray())
            .sparsity(layers.stream().map(StackConfiguration::sparsity).toArray(Sparsity[]::new))
            .emphasis(layers.stream().map(StackConfiguration::emphasis).toArray(Emphasis[]::new))
            .missingAllowed(missingAllowed)
            .inputRangeChecked(inputRangeChecked)
            .seed(seed);
    if (visible != null) {
      builder.visible(visible.activation(), visible.loss());
    }
    return classes == 0 ? builder : builder.output(output(classes));
  }

  private static Sparsity sparsity(LayerConfiguration layer) {
    return layer.sparsity() == null ? Sparsity.NONE : layer.sparsity();
  }

  private static Emphasis emphasis(LayerConfiguration layer) {
    return layer.emphasis() == null ? Emphasis.NONE : layer.emphasis();
  }

  private OutputLayer output(int classes) {
    return new OutputLayer.Builder()
        .nOut(classes)
        .activation(Activation.SOFTMAX)
        .weightInit(outputInitialization)
        .build();
  }

  /** The decoder of the bottom layer. */
  public record VisibleConfiguration(Activation activation, LossFunction loss) {

    static final RecordForm<VisibleConfiguration> FORM =
        RecordForm.of(
            VisibleConfiguration.class,
            Key.withDefault(
                "activation",
                WordForm.of(
                    Activation.SIGMOID, Activation.IDENTITY, Activation.TANH, Activation.RELU),
                Activation.SIGMOID),
            Key.withDefault(
                "loss",
                new WordForm<>(
                    new TreeMap<>(
                        Map.of(
                            "cross-entropy",
                            LossFunction.RECONSTRUCTION_CROSSENTROPY,
                            "squared-error",
                            LossFunction.L2))),
                LossFunction.RECONSTRUCTION_CROSSENTROPY));

    public VisibleConfiguration {
      FORM.check(activation, loss);
      FORM.require(
          loss != LossFunction.RECONSTRUCTION_CROSSENTROPY || activation == Activation.SIGMOID,
          "activation",
          "sigmoid for cross-entropy",
          activation.name().toLowerCase(Locale.ROOT));
    }
  }

  /**
   * One denoising autoencoder of a stack.
   *
   * @param units the width of its code
   * @param corruption what pretraining does to its input
   * @param contraction the weight of pretraining's penalty on the Jacobian of the code
   * @param sparsity pretraining's penalty on units that are active too often; null for none
   * @param emphasis the weights of corrupted and of untouched cells in the loss; null for 1 and 1
   */
  public record LayerConfiguration(
      int units, Corruption corruption, double contraction, Sparsity sparsity, Emphasis emphasis) {

    private static final Form<Sparsity> SPARSITY =
        RecordForm.of(
            Sparsity.class,
            Key.required("rate", NumberForm.decimal(Interval.WITHIN_UNIT)),
            Key.required("weight", NumberForm.decimal(Interval.NOT_NEGATIVE)));

    private static final Form<Emphasis> EMPHASIS =
        RecordForm.of(
            Emphasis.class,
            Key.withDefault("corrupted", NumberForm.decimal(Interval.NOT_NEGATIVE), 1.0),
            Key.withDefault("untouched", NumberForm.decimal(Interval.NOT_NEGATIVE), 1.0));

    /** What auto means: they do for pictures of any kind. */
    private static final int AUTO_UNITS = 300;

    private static final double AUTO_MASKED = 0.3;

    static final RecordForm<LayerConfiguration> FORM =
        RecordForm.of(
            LayerConfiguration.class,
            Key.required(
                "units", new NamedForm<>("auto", AUTO_UNITS, NumberForm.whole(Interval.COUNT))),
            Key.withDefault(
                "corruption",
                new NamedForm<>("auto", new MaskingCorruption(AUTO_MASKED), CorruptionForm.FORM),
                new NoCorruption()),
            Key.withDefault("contraction", NumberForm.decimal(Interval.NOT_NEGATIVE), 0.0),
            Key.optional("sparsity", SPARSITY),
            Key.optional("emphasis", EMPHASIS));

    public LayerConfiguration {
      FORM.check(units, corruption, contraction, sparsity, emphasis);
    }

    /** A layer whose code is not penalized. */
    public LayerConfiguration(int units, Corruption corruption) {
      this(units, corruption, 0, null, null);
    }
  }

  /** The short names of corruptions, whose settings are the components of their records. */
  static final class CorruptionForm {

    private static final Form<Double> LEVEL = NumberForm.decimal(Interval.UNIT);
    private static final Form<Double> VALUE = NumberForm.decimal(Interval.ANY);

    /** One value for all cells. */
    private static final Form<List<Double>> FILL =
        new ConvertedForm<>(VALUE, List::of, fill -> fill.get(0));

    static final Form<Corruption> FORM =
        new ChoiceForm<>(
            "none",
            new NoCorruption(),
            List.of(
                new Kind<>("masking", MaskingCorruption.class, masking(MaskingCorruption.class)),
                new Kind<>(
                    "exact-masking",
                    ExactMaskingCorruption.class,
                    masking(ExactMaskingCorruption.class)),
                new Kind<>(
                    "salt-and-pepper",
                    SaltAndPepperCorruption.class,
                    RecordForm.of(
                            SaltAndPepperCorruption.class,
                            Key.required("level", LEVEL),
                            Key.withDefault("min", VALUE, 0.0),
                            Key.withDefault("max", VALUE, 1.0))
                        .withShortForm()),
                new Kind<>(
                    "gaussian",
                    GaussianCorruption.class,
                    RecordForm.of(
                            GaussianCorruption.class,
                            Key.required(
                                "standard-deviation", NumberForm.decimal(Interval.NOT_NEGATIVE)))
                        .withShortForm()),
                new Kind<>(
                    "swap",
                    SwapCorruption.class,
                    new ConvertedForm<>(LEVEL, SwapCorruption::new, SwapCorruption::level)),
                new Kind<>(
                    "per-column",
                    PerColumnCorruption.class,
                    new ConvertedForm<>(
                        ListForm.ofSome(LEVEL),
                        CorruptionForm::masked,
                        PerColumnCorruption::levels))));

    private CorruptionForm() {}

    private static PerColumnCorruption masked(List<Double> levels) {
      return new PerColumnCorruption(levels.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static <R extends Record> Form<R> masking(Class<R> type) {
      return RecordForm.of(
              type, Key.required("level", LEVEL), Key.withDefault("fill", FILL, List.of(0.0)))
          .withShortForm();
    }
  }
}
