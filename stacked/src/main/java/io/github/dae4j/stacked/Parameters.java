package io.github.dae4j.stacked;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;

/** The parameters that a configuration asks for. */
final class Parameters {

  private Parameters() {}

  /** How many a network of this configuration has. */
  static long count(MultiLayerConfiguration conf) {
    return conf.getConfs().stream()
        .mapToLong(layer -> layer.getLayer().initializer().numParams(layer))
        .sum();
  }
}
