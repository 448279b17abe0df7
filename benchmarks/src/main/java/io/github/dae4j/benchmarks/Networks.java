package io.github.dae4j.benchmarks;

import io.github.dae4j.corruption.MaskingCorruption;
import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.stacked.PretrainableNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.AutoEncoder;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What is measured: the Deep Learning Tutorials' networks, fresh, of FLOAT. */
public final class Networks {

  static final double LEVEL = 0.3;

  private static final double RATE = 0.1;
  private static final long SEED = 123;

  private Networks() {}

  /** One layer of ours: tied, sigmoid, cross-entropy, masking 0.3, plain SGD 0.1. */
  public static PretrainableNetwork denoising(int nIn, int hidden) {
    return denoising(nIn, hidden, Activation.SIGMOID, new Sgd(RATE));
  }

  /** The same with other settings of the layer. */
  static PretrainableNetwork denoising(
      int nIn, int hidden, UnaryOperator<DenoisingAutoEncoder.Builder> settings) {
    DenoisingAutoEncoder.Builder layer =
        sized(
            new DenoisingAutoEncoder.Builder().corruption(new MaskingCorruption(LEVEL)),
            nIn,
            hidden,
            Activation.SIGMOID);
    return network(new Sgd(RATE), List.of(settings.apply(layer).build()));
  }

  /** The same with another activation or updater; squared error for what is no sigmoid. */
  public static PretrainableNetwork denoising(
      int nIn, int hidden, Activation activation, IUpdater updater) {
    return network(updater, List.of(layer(nIn, hidden, activation)));
  }

  /** DL4J's own layer with the same settings. */
  public static PretrainableNetwork builtIn(int nIn, int hidden) {
    AutoEncoder.Builder builder = new AutoEncoder.Builder(LEVEL);
    return network(new Sgd(RATE), List.of(sized(builder, nIn, hidden, Activation.SIGMOID).build()));
  }

  /** Layers of ours one above the other, nothing on top. */
  public static PretrainableNetwork stack(int nIn, int... widths) {
    return network(new Sgd(RATE), layers(Activation.SIGMOID, nIn, widths));
  }

  /** The same with a softmax of so many classes on top. */
  public static PretrainableNetwork classifier(
      int nIn, int classes, IUpdater updater, int... widths) {
    return classifier(Activation.SIGMOID, nIn, classes, updater, widths);
  }

  static PretrainableNetwork classifier(
      Activation activation, int nIn, int classes, IUpdater updater, int... widths) {
    List<Layer> layers = layers(activation, nIn, widths);
    layers.add(
        new OutputLayer.Builder(LossFunction.MCXENT)
            .nIn(widths[widths.length - 1])
            .nOut(classes)
            .activation(Activation.SOFTMAX)
            .build());
    return network(updater, layers);
  }

  private static List<Layer> layers(Activation activation, int nIn, int... widths) {
    List<Layer> layers = new ArrayList<>();
    int below = nIn;
    for (int width : widths) {
      layers.add(layer(below, width, activation));
      below = width;
    }
    return layers;
  }

  private static DenoisingAutoEncoder layer(int nIn, int hidden, Activation activation) {
    DenoisingAutoEncoder.Builder builder =
        new DenoisingAutoEncoder.Builder().corruption(new MaskingCorruption(LEVEL));
    if (activation != Activation.SIGMOID) {
      builder.decoderActivation(activation).reconstructionLoss(LossFunction.L2);
    }
    return sized(builder, nIn, hidden, activation).build();
  }

  private static <B extends FeedForwardLayer.Builder<B>> B sized(
      B builder, int nIn, int hidden, Activation activation) {
    return builder.nIn(nIn).nOut(hidden).activation(activation);
  }

  private static PretrainableNetwork network(IUpdater updater, List<Layer> layers) {
    NeuralNetConfiguration.ListBuilder builder =
        new NeuralNetConfiguration.Builder()
            .seed(SEED)
            .dataType(DataType.FLOAT)
            .weightInit(WeightInit.SIGMOID_UNIFORM)
            .updater(updater)
            .list();
    layers.forEach(builder::layer);
    PretrainableNetwork network = new PretrainableNetwork(builder.build());
    network.init();
    return network;
  }
}
