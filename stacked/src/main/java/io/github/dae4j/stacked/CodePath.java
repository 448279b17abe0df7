package io.github.dae4j.stacked;

import io.github.dae4j.layer.DenoisingAutoEncoderLayer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.layers.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** The layers of a network between its input and its top code. */
record CodePath(MultiLayerNetwork network) {

  CodePath {
    if (Arrays.stream(network.getLayers()).noneMatch(CodePath::isDenoising)) {
      throw new IllegalArgumentException(
          "StackedDenoisingAutoEncoder needs a network with a DenoisingAutoEncoder, got "
              + Arrays.stream(network.getLayers()).map(CodePath::typeOf).toList());
    }
  }

  /** The index of the topmost denoising autoencoder, whose output is the top code. */
  int top() {
    int index = network.getnLayers() - 1;
    while (!isDenoising(network.getLayer(index))) {
      index--;
    }
    return index;
  }

  /**
   * The denoising autoencoders from the bottom to the top.
   *
   * @throws UnsupportedOperationException naming a layer below the top that has no inverse
   */
  List<DenoisingAutoEncoderLayer> decoders() {
    List<DenoisingAutoEncoderLayer> decoders = new ArrayList<>();
    for (int index = 0; index <= top(); index++) {
      if (network.getLayerWiseConfigurations().getInputPreProcess(index) != null) {
        throw noInverse("the preprocessor before layer " + index);
      }
      Layer layer = thawed(network.getLayer(index));
      if (layer instanceof DenoisingAutoEncoderLayer decoder) {
        decoders.add(decoder);
      } else if (!(layer.conf().getLayer() instanceof DropoutLayer)) { // the identity at use
        throw noInverse("layer %d (%s)".formatted(index, describe(layer)));
      }
    }
    return decoders;
  }

  private static UnsupportedOperationException noInverse(String what) {
    return new UnsupportedOperationException(
        "the way down from the top code needs a decoder for every layer, but "
            + what
            + " has no inverse");
  }

  private static String describe(Layer layer) {
    String name = layer.conf().getLayer().getLayerName();
    return name == null ? typeOf(layer) : typeOf(layer) + " \"" + name + "\"";
  }

  private static String typeOf(Layer layer) {
    return layer.conf().getLayer().getClass().getSimpleName();
  }

  private static boolean isDenoising(Layer layer) {
    return thawed(layer) instanceof DenoisingAutoEncoderLayer;
  }

  /** What a frozen layer wraps. */
  static Layer thawed(Layer layer) {
    return layer instanceof FrozenLayer || layer instanceof FrozenLayerWithBackprop
        ? thawed(((BaseWrapperLayer) layer).getUnderlying())
        : layer;
  }
}
