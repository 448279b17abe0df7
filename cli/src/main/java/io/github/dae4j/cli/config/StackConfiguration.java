package io.github.dae4j.cli.config;

import io.github.dae4j.corruption.Corruption;
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
}
