package io.github.dae4j.stacked;

import io.github.dae4j.layer.DenoisingAutoEncoder;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A stack of n denoising layers as one autoencoder of 2n ordinary layers, encoders upwards and
 * decoders downwards, to be tuned jointly on reconstruction (Hinton and Salakhutdinov 2006, figure
 * 1): x [minibatch, nIn] -> z [minibatch, nIn].
 *
 * <p>Its loss is layer 0's reconstruction loss as DL4J computes it: {@code LossBinaryXENT} clips z
 * to [1e-5, 1 - 1e-5]. Its updaters, regularization, gradient normalization and seed are those of
 * the stack.
 */
public final class UnrolledStack {

  private final MultiLayerNetwork stack;
  private final int depth;
  private final MultiLayerNetwork network;

  private UnrolledStack(MultiLayerNetwork stack) {
    this.stack = stack;
    depth = depth(stack);
    network = new MultiLayerNetwork(configuration());
    network.init(parameters(), false);
  }

  /**
   * Unrolls the denoising layers at the bottom of a network, whose arrays are copied; tied decoders
   * start as the transposes of their encoders.
   */
  public static UnrolledStack of(MultiLayerNetwork stack) {
    return new UnrolledStack(stack);
  }

  /** The autoencoder: layers 0 to n - 1 encode, n to 2n - 1 decode; train it in place. */
  public MultiLayerNetwork network() {
    return network;
  }

  /**
   * The stack with the tuned parameters, a new network; layers above are copied unchanged.
   *
   * <p>All its denoising layers are untied, for tuning has made encoders and decoders differ.
   */
  public PretrainableNetwork fold() {
    MultiLayerConfiguration configuration = stack.getLayerWiseConfigurations().clone();
    List<INDArray> parameters = new ArrayList<>();
    for (int k = 0; k < depth; k++) {
      NeuralNetConfiguration layer = configuration.getConf(k);
      layer.setLayer(layer(k).untied());
      layer.clearVariables();
      int decoder = 2 * depth - 1 - k;
      parameters.add(network.getParam(k + "_W"));
      parameters.add(network.getParam(k + "_b"));
      parameters.add(network.getParam(decoder + "_b"));
      parameters.add(network.getParam(decoder + "_W"));
    }
    for (int k = depth; k < stack.getnLayers(); k++) {
      if (stack.getLayer(k).numParams() > 0) {
        parameters.add(stack.getLayer(k).params());
      }
    }
    PretrainableNetwork folded = new PretrainableNetwork(configuration);
    folded.init(flat(parameters), false);
    return folded;
  }

  private static int depth(MultiLayerNetwork stack) {
    int depth = 0;
    while (depth < stack.getnLayers()
        && stack.getLayer(depth).conf().getLayer() instanceof DenoisingAutoEncoder) {
      if (stack.getLayer(depth) instanceof BaseWrapperLayer) {
        throw new IllegalArgumentException(
            "a stack to unroll must not be frozen, layer %d is".formatted(depth));
      }
      if (stack.getLayerWiseConfigurations().getInputPreProcess(depth) != null) {
        throw new IllegalArgumentException(
            "a stack to unroll must not have input preprocessors, layer %d has %s"
                .formatted(depth, stack.getLayerWiseConfigurations().getInputPreProcess(depth)));
      }
      depth++;
    }
    if (depth == 0) {
      throw new IllegalArgumentException(
          "a stack to unroll must begin with a DenoisingAutoEncoder, got a "
              + stack.getLayer(0).conf().getLayer().getClass().getSimpleName());
    }
    return depth;
  }

  private MultiLayerConfiguration configuration() {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .dataType(stack.getLayerWiseConfigurations().getDataType())
            .seed(stack.getDefaultConfiguration().getSeed())
            .list();
    for (int k = 0; k < depth; k++) {
      DenoisingAutoEncoder layer = layer(k);
      layers.layer(like(layer, dense(layer.getNIn(), layer.getNOut(), layer.getActivationFn())));
    }
    for (int k = depth - 1; k > 0; k--) {
      DenoisingAutoEncoder layer = layer(k);
      layers.layer(
          like(layer, dense(layer.getNOut(), layer.getNIn(), layer.getDecoderActivation())));
    }
    DenoisingAutoEncoder bottom = layer(0);
    OutputLayer output =
        new OutputLayer.Builder(bottom.getReconstructionLoss())
            .nIn(bottom.getNOut())
            .nOut(bottom.getNIn())
            .activation(bottom.getDecoderActivation())
            .build();
    return layers.layer(like(bottom, output)).build();
  }

  private static DenseLayer dense(long nIn, long nOut, IActivation activation) {
    return new DenseLayer.Builder().nIn(nIn).nOut(nOut).activation(activation).build();
  }

  /** Updater, regularization and gradient normalization as in the denoising layer. */
  private static BaseLayer like(DenoisingAutoEncoder source, BaseLayer layer) {
    layer.setIUpdater(source.getIUpdater().clone());
    layer.setBiasUpdater(source.getBiasUpdater() == null ? null : source.getBiasUpdater().clone());
    layer.setRegularization(source.getRegularization());
    layer.setRegularizationBias(source.getRegularizationBias());
    layer.setGradientNormalization(source.getGradientNormalization());
    layer.setGradientNormalizationThreshold(source.getGradientNormalizationThreshold());
    return layer;
  }

  private INDArray parameters() {
    List<INDArray> parameters = new ArrayList<>();
    for (int k = 0; k < depth; k++) {
      parameters.add(stack.getParam(k + "_W"));
      parameters.add(stack.getParam(k + "_b"));
    }
    for (int k = depth - 1; k >= 0; k--) {
      parameters.add(
          layer(k).isTiedWeights()
              ? stack.getParam(k + "_W").transpose()
              : stack.getParam(k + "_vW"));
      parameters.add(stack.getParam(k + "_vb"));
    }
    return flat(parameters);
  }

  /** One row of copies in DL4J's order, column by column. */
  private static INDArray flat(List<INDArray> parameters) {
    INDArray flat = Nd4j.toFlattened('f', parameters);
    return flat.reshape(1, flat.length());
  }

  private DenoisingAutoEncoder layer(int k) {
    return (DenoisingAutoEncoder) stack.getLayer(k).conf().getLayer();
  }
}
