package io.github.dae4j.stacked;

import io.github.dae4j.layer.DenoisingAutoEncoderLayer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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
    obstacle()
        .ifPresent(
            what -> {
              throw new UnsupportedOperationException(
                  "the way down from the top code needs a decoder for every layer, but "
                      + what
                      + " has no inverse");
            });
    return IntStream.rangeClosed(0, top())
        .mapToObj(index -> thawed(network.getLayer(index)))
        .filter(DenoisingAutoEncoderLayer.class::isInstance)
        .map(DenoisingAutoEncoderLayer.class::cast)
        .toList();
  }

  /** The first layer, or preprocessor, on the way to the top code that has no inverse. */
  Optional<String> obstacle() {
    for (int index = 0; index <= top(); index++) {
      if (network.getLayerWiseConfigurations().getInputPreProcess(index) != null) {
        return Optional.of("the preprocessor before layer " + index);
      }
      Layer layer = thawed(network.getLayer(index));
      if (!(layer instanceof DenoisingAutoEncoderLayer
          || layer.conf().getLayer() instanceof DropoutLayer)) { // which is the identity at use
        return Optional.of(describe(index));
      }
    }
    return Optional.empty();
  }

  /** {@code layer 2 (DenseLayer "name")}. */
  String describe(int index) {
    Layer layer = thawed(network.getLayer(index));
    String name = layer.conf().getLayer().getLayerName();
    return "layer %d (%s%s)"
        .formatted(index, typeOf(layer), name == null ? "" : " \"" + name + "\"");
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
