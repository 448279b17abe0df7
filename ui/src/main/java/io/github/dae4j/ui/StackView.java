package io.github.dae4j.ui;

import io.github.dae4j.layer.DenoisingAutoEncoderLayer;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.layers.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The denoising autoencoders of a network from the bottom up to one of them. */
record StackView(List<DenoisingAutoEncoderLayer> layers) {

  /**
   * Those up to a layer's index; dropout layers between them are passed, and above any other layer
   * is nothing to be seen.
   */
  static StackView upTo(int top, MultiLayerNetwork network) {
    List<DenoisingAutoEncoderLayer> layers = new ArrayList<>();
    for (int index = 0; index <= Math.min(top, network.getnLayers() - 1); index++) {
      Layer layer = thawed(network.getLayer(index));
      if (layer instanceof DenoisingAutoEncoderLayer denoising) {
        layers.add(denoising);
      } else if (!(layer.conf().getLayer() instanceof DropoutLayer)) {
        break;
      }
    }
    return new StackView(List.copyOf(layers));
  }

  private static Layer thawed(Layer layer) {
    return layer instanceof FrozenLayer || layer instanceof FrozenLayerWithBackprop
        ? thawed(((BaseWrapperLayer) layer).getUnderlying())
        : layer;
  }

  boolean isEmpty() {
    return layers.isEmpty();
  }

  /** How many filters the top layer has. */
  long units() {
    return top().getParam("W").size(1);
  }

  /**
   * The first {@code most} filters of the top layer as the input sees them, [filters][nIn]: those
   * of the layer below, weighted by the layer's weights and added up (Lee et al. 2008).
   */
  double[][] filters(int most) {
    INDArray filters =
        top()
            .getParam("W")
            .get(NDArrayIndex.all(), NDArrayIndex.interval(0, Math.min(most, units())))
            .dup();
    for (int k = layers.size() - 2; k >= 0; k--) {
      filters = layers.get(k).getParam("W").mmul(filters);
    }
    return filters.transpose().dup().toDoubleMatrix();
  }

  private DenoisingAutoEncoderLayer top() {
    return layers.get(layers.size() - 1);
  }

  /** x [examples, nIn] -> by the top code and back, of the same shape. */
  INDArray reconstruct(INDArray x) {
    INDArray values = x;
    for (DenoisingAutoEncoderLayer layer : layers) {
      values = layer.encode(values);
    }
    for (int k = layers.size() - 1; k >= 0; k--) {
      values = layers.get(k).decode(values);
    }
    return values;
  }
}
