package io.github.dae4j.stacked;

import io.github.dae4j.layer.DenoisingAutoEncoder;
import io.github.dae4j.stacked.internal.ModelConfiguration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Makes a network of DL4J's own layers: each denoising autoencoder becomes a dense layer. */
final class PlainExport {

  private PlainExport() {}

  /** A network of its own with the same output; what only pretraining uses is left behind. */
  static MultiLayerNetwork of(MultiLayerNetwork network) {
    MultiLayerConfiguration conf = network.getLayerWiseConfigurations().clone();
    conf.getConfs().forEach(PlainExport::replaceLayer);
    MultiLayerNetwork plain = new MultiLayerNetwork(conf);
    // Given parameters, because init without them would seed the global generator.
    plain.init(Nd4j.zeros(conf.getDataType(), 1, ModelConfiguration.countParameters(conf)), false);
    for (int i = 0; i < plain.getnLayers(); i++) {
      copy(network.getLayer(i).paramTable(), plain.getLayer(i).paramTable());
    }
    return plain;
  }

  private static void copy(Map<String, INDArray> from, Map<String, INDArray> to) {
    if (to != null) {
      to.forEach((key, param) -> param.assign(from.get(key)));
    }
  }

  private static void replaceLayer(NeuralNetConfiguration conf) {
    conf.setLayer(plain(conf.getLayer()));
    conf.clearVariables(); // init writes the names of the parameters anew
  }

  private static Layer plain(Layer layer) {
    if (layer instanceof DenoisingAutoEncoder denoising) {
      return dense(denoising);
    }
    if (layer instanceof FrozenLayer frozen) {
      return new FrozenLayer(plain(frozen.getLayer()));
    }
    if (layer instanceof FrozenLayerWithBackprop frozen) {
      return new FrozenLayerWithBackprop(plain(frozen.getUnderlying()));
    }
    return layer;
  }

  private static DenseLayer dense(DenoisingAutoEncoder layer) {
    DenseLayer dense =
        new DenseLayer.Builder().name(layer.getLayerName()).nIn(layer.getNIn()).build();
    dense.setNOut(layer.getNOut());
    dense.setTimeDistributedFormat(layer.getTimeDistributedFormat());
    dense.setActivationFn(layer.getActivationFn());
    dense.setWeightInitFn(layer.getWeightInitFn());
    dense.setBiasInit(layer.getBiasInit());
    dense.setGainInit(layer.getGainInit());
    dense.setRegularization(layer.getRegularization());
    dense.setRegularizationBias(layer.getRegularizationBias());
    dense.setIUpdater(layer.getIUpdater());
    dense.setBiasUpdater(layer.getBiasUpdater());
    dense.setWeightNoise(layer.getWeightNoise());
    dense.setGradientNormalization(layer.getGradientNormalization());
    dense.setGradientNormalizationThreshold(layer.getGradientNormalizationThreshold());
    dense.setIDropout(layer.getIDropout());
    dense.setConstraints(withoutPretrainParams(layer));
    return dense;
  }

  private static List<LayerConstraint> withoutPretrainParams(DenoisingAutoEncoder layer) {
    if (layer.getConstraints() == null) {
      return null;
    }
    return layer.getConstraints().stream()
        .map(
            constraint -> {
              Set<String> params = new HashSet<>(constraint.getParams());
              params.retainAll(Set.of("W", "b"));
              LayerConstraint copy = constraint.clone();
              copy.setParams(params);
              return copy;
            })
        .toList();
  }
}
