package io.github.dae4j.cli.config;

import io.github.dae4j.cli.config.ChoiceForm.Kind;
import io.github.dae4j.cli.config.Form.ConvertedForm;
import io.github.dae4j.cli.config.Form.FlagForm;
import io.github.dae4j.cli.config.Form.ListForm;
import io.github.dae4j.cli.config.Form.WordForm;
import io.github.dae4j.cli.config.NumberForm.Interval;
import io.github.dae4j.cli.config.RecordForm.Key;
import io.github.dae4j.corruption.Corruption;
import io.github.dae4j.corruption.ExactMaskingCorruption;
import io.github.dae4j.corruption.GaussianCorruption;
import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.corruption.NoCorruption;
import io.github.dae4j.corruption.SaltAndPepperCorruption;
import io.github.dae4j.corruption.SwapCorruption;
import io.github.dae4j.layer.Sparsity;
import io.github.dae4j.stacked.StackBuilder;
import io.github.dae4j.stacked.StackedDenoisingAutoEncoder;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;

/**
 * The denoising autoencoders of a stack, from the bottom to the top.
 *
 * @param activation of all codes
 * @param initialization how weights are drawn, except the output layer's
 * @param tied whether decoders use their encoders' weights
 * @param outputInitialization how the weights of the output layer are drawn
 */
public record StackConfiguration(
    Activation activation,
    WeightInit initialization,
    boolean tied,
    WeightInit outputInitialization,
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
          Key.required("layers", ListForm.ofSome(LayerConfiguration.FORM)));

  public StackConfiguration {
    FORM.check(activation, initialization, tied, outputInitialization, layers);
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
            .seed(seed);
    return classes == 0 ? builder : builder.output(output(classes));
  }

  private static Sparsity sparsity(LayerConfiguration layer) {
    return layer.sparsity() == null ? Sparsity.NONE : layer.sparsity();
  }

  private OutputLayer output(int classes) {
    return new OutputLayer.Builder()
        .nOut(classes)
        .activation(Activation.SOFTMAX)
        .weightInit(outputInitialization)
        .build();
  }

  /**
   * One denoising autoencoder of a stack.
   *
   * @param units the width of its code
   * @param corruption what pretraining does to its input
   * @param contraction the weight of pretraining's penalty on the Jacobian of the code
   * @param sparsity pretraining's penalty on units that are active too often; null for none
   */
  public record LayerConfiguration(
      int units, Corruption corruption, double contraction, Sparsity sparsity) {

    private static final Form<Sparsity> SPARSITY =
        RecordForm.of(
            Sparsity.class,
            Key.required("rate", NumberForm.decimal(Interval.WITHIN_UNIT)),
            Key.required("weight", NumberForm.decimal(Interval.NOT_NEGATIVE)));

    static final RecordForm<LayerConfiguration> FORM =
        RecordForm.of(
            LayerConfiguration.class,
            Key.required("units", NumberForm.whole(Interval.COUNT)),
            Key.withDefault("corruption", CorruptionForm.FORM, new NoCorruption()),
            Key.withDefault("contraction", NumberForm.decimal(Interval.NOT_NEGATIVE), 0.0),
            Key.optional("sparsity", SPARSITY));

    public LayerConfiguration {
      FORM.check(units, corruption, contraction, sparsity);
    }

    /** A layer whose code is not penalized. */
    public LayerConfiguration(int units, Corruption corruption) {
      this(units, corruption, 0, null);
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
                    new ConvertedForm<>(LEVEL, SwapCorruption::new, SwapCorruption::level))));

    private CorruptionForm() {}

    private static <R extends Record> Form<R> masking(Class<R> type) {
      return RecordForm.of(
              type, Key.required("level", LEVEL), Key.withDefault("fill", FILL, List.of(0.0)))
          .withShortForm();
    }
  }
}
