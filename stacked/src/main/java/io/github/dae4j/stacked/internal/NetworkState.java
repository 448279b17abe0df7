package io.github.dae4j.stacked.internal;

import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What training changes in a network besides its updater.
 *
 * @param parameters all of them in DL4J's order, a copy
 * @param counts the network's own
 * @param layers those of each layer's configuration
 */
public record NetworkState(INDArray parameters, Counts counts, List<Counts> layers) {

  /** Iterations and epochs so far, as schedules and model files see them. */
  public record Counts(int iterations, int epochs) {

    public static Counts of(NeuralNetConfiguration conf) {
      return new Counts(conf.getIterationCount(), conf.getEpochCount());
    }

    public void restore(NeuralNetConfiguration conf) {
      conf.setIterationCount(iterations);
      conf.setEpochCount(epochs);
    }
  }

  public NetworkState {
    layers = List.copyOf(layers);
  }

  /** The present state of a network. */
  public static NetworkState of(MultiLayerNetwork network) {
    MultiLayerConfiguration conf = network.getLayerWiseConfigurations();
    return new NetworkState(
        network.params().dup(),
        new Counts(conf.getIterationCount(), conf.getEpochCount()),
        conf.getConfs().stream().map(Counts::of).toList());
  }

  /**
   * Puts it back into a network of the same layers.
   *
   * @throws IllegalArgumentException if the network has other layers or widths
   */
  public void restore(MultiLayerNetwork network) {
    MultiLayerConfiguration conf = network.getLayerWiseConfigurations();
    long length = network.params().length();
    if (parameters.length() != length || layers.size() != network.getnLayers()) {
      throw new IllegalArgumentException(
          "NetworkState has %d parameters in %d layers, the network %d in %d"
              .formatted(parameters.length(), layers.size(), length, network.getnLayers()));
    }
    network.params().assign(parameters);
    conf.setIterationCount(counts.iterations());
    conf.setEpochCount(counts.epochs()); // which sets that of each layer
    for (int i = 0; i < layers.size(); i++) {
      layers.get(i).restore(conf.getConf(i));
    }
  }
}
