package io.github.dae4j.stacked.ladder;

import io.github.dae4j.internal.compute.Activation;
import io.github.dae4j.internal.solver.FastPath;
import io.github.dae4j.layer.DenoisingAutoEncoder;
import java.util.Arrays;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** The layers of a network as levels of a ladder: its widths, and weights in and out. */
final class LadderLayers {

  private LadderLayers() {}

  /**
   * That of a network of dense layers or denoising autoencoders below a softmax.
   *
   * @throws IllegalArgumentException naming the layer that does not suit
   */
  static LadderShape shape(Ladder ladder, MultiLayerNetwork network) {
    int layers = network.getnLayers();
    var preprocessors = network.getLayerWiseConfigurations().getInputPreProcessors();
    require(
        preprocessors == null || preprocessors.isEmpty(), 0, "no preprocessor", "a network with");
    int[] widths = new int[layers + 1];
    Units[] units = new Units[layers];
    for (int i = 0; i < layers; i++) {
      BaseLayer conf = trainable(network.getLayer(i), i, i == layers - 1);
      INDArray weights = network.getLayer(i).getParam(DefaultParamInitializer.WEIGHT_KEY);
      widths[i] = Math.toIntExact(weights.size(0));
      widths[i + 1] = Math.toIntExact(weights.size(1));
      if (i < layers - 1) {
        Activation activation = FastPath.knownActivation(conf.getActivationFn());
        require(
            activation != null,
            i,
            "activation identity, relu, sigmoid or tanh",
            conf.getActivationFn());
        units[i + 1] = Units.valueOf(activation.name());
      }
    }
    return ladder.shape(widths, units);
  }

  private static BaseLayer trainable(Layer layer, int index, boolean isTop) {
    org.deeplearning4j.nn.conf.layers.Layer conf = layer.conf().getLayer();
    if (isTop) {
      boolean isSoftmax =
          conf.getClass() == OutputLayer.class
              && ((OutputLayer) conf).getActivationFn() instanceof ActivationSoftmax
              && ((OutputLayer) conf).getLossFn() instanceof LossMCXENT loss
              && loss.getWeights() == null
              && ((OutputLayer) conf).hasBias();
      require(isSoftmax, index, "an OutputLayer of a softmax with cross-entropy", name(conf));
    } else {
      boolean isDense =
          conf instanceof DenoisingAutoEncoder
              || conf.getClass() == DenseLayer.class
                  && ((DenseLayer) conf).hasBias()
                  && !((DenseLayer) conf).hasLayerNorm();
      require(isDense, index, "a DenseLayer or a DenoisingAutoEncoder", name(conf));
    }
    BaseLayer base = (BaseLayer) conf;
    require(base.getIDropout() == null, index, "no dropout", base.getIDropout());
    require(base.getWeightNoise() == null, index, "no weight noise", base.getWeightNoise());
    require(
        base.getConstraints() == null || base.getConstraints().isEmpty(),
        index,
        "no constraints",
        base.getConstraints());
    require(
        base.getRegularization() == null || base.getRegularization().isEmpty(),
        index,
        "no regularization",
        base.getRegularization());
    require(
        base.getRegularizationBias() == null || base.getRegularizationBias().isEmpty(),
        index,
        "no regularization of the bias",
        base.getRegularizationBias());
    require(
        base.getGradientNormalization() == null
            || base.getGradientNormalization() == GradientNormalization.None,
        index,
        "no gradient normalization",
        base.getGradientNormalization());
    return base;
  }

  private static String name(Object conf) {
    return conf.getClass().getSimpleName();
  }

  private static void require(boolean holds, int layer, String rule, Object got) {
    if (!holds) {
      throw new IllegalArgumentException(
          "Ladder network: layer %d must have or be %s, got %s".formatted(layer, rule, got));
    }
  }

  /** The network's weights become those of the ladder; normalization takes its biases away. */
  static void read(MultiLayerNetwork network, LadderParameters parameters) {
    for (int i = 0; i < network.getnLayers(); i++) {
      parameters
          .weights(i + 1)
          .assign(network.getLayer(i).getParam(DefaultParamInitializer.WEIGHT_KEY));
    }
  }

  /** scale ((W x - mean) / deviation + bias) as weights and biases of the network. */
  static void write(
      MultiLayerNetwork network, LadderShape shape, LadderParameters parameters, Moments moments) {
    for (int level = 1; level <= shape.top(); level++) {
      int width = shape.widths()[level];
      double[] affine = new double[2 * width];
      Arrays.fill(affine, 1);
      parameters
          .affine(level)
          .read(0, shape.isScaled(level) ? 2 : 1, 0, width, affine, new float[width]);
      double[] factor = new double[width];
      double[] bias = new double[width];
      for (int j = 0; j < width; j++) {
        double scale = affine[width + j];
        factor[j] = scale * moments.inverseDeviation(level, j);
        bias[j] = scale * affine[j] - factor[j] * moments.mean(level, j);
      }
      Layer layer = network.getLayer(level - 1);
      INDArray weights = parameters.weights(level);
      layer
          .getParam(DefaultParamInitializer.WEIGHT_KEY)
          .assign(weights.mulRowVector(row(factor, weights)));
      layer.getParam(DefaultParamInitializer.BIAS_KEY).assign(row(bias, weights));
    }
  }

  private static INDArray row(double[] values, INDArray like) {
    return Nd4j.createFromArray(values).castTo(like.dataType()).reshape(1, values.length);
  }
}
