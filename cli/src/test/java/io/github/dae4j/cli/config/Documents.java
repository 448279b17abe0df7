package io.github.dae4j.cli.config;

import java.util.List;

/** The documents that the tests of the reader share. */
final class Documents {

  /** The shortest that is one. */
  static final String SHORT =
      """
      data:
        source: drawn
      stack:
        layers:
          - units: 8
      """;

  /** One with every section, and most forms that a value can have. */
  static final String LONG =
      """
      seed: -7
      data: {source: mnist, directory: "some where", train: 40, validation: 10, test: 5, labels: 30}
      stack:
        activation: sigmoid
        initialization: sigmoid-uniform
        tied: false
        output-initialization: zero
        layers:
          - units: 9
            corruption: {masking: {level: .3, fill: 0.5}}
          - units: 8
            corruption: {exact-masking: 1e-1}
          - units: 7
            corruption: {salt-and-pepper: {level: 0.2, min: -1}}
          - units: 6
            corruption: {gaussian: 0.4}
          - units: 5
            corruption: {swap: 0.5}
          - {units: 4, corruption: none, contraction: 0.1,
             sparsity: {rate: 0.05, weight: 3}}
      pretraining:
        epochs: 3
        batch: 5
        updater: {nesterov: {rate: 0.2, momentum: 0.8}}
        shuffle: false
        early-stopping: {patience: 2, improvement: 0.01}
        layers:
          - {epochs: 2}
          - {batch: 4}
          - {updater: {adam: 0.001}}
          - {early-stopping: {patience: 1}}
          - {}
          - {updater: {adam: {rate: {from: 0.1, to: 0.01, decay: linear}, beta1: 0.8}}}
      fine-tuning:
        objective: classification
        epochs: 6
        batch: 10
        updater: {sgd: {rate: {from: 0.1, to: 0.001}}}
        shuffle: true
        patience: {epochs: 2, increase: 3}
        dropout: {hidden: 0.5}
        denoising-weight: 0.25
        freeze:
          - {below: 3, epochs: 1}
          - {below: 1, epochs: 2}
      checkpoint: {seconds: 5}
      threads: 2
      """;

  private Documents() {}

  static ExperimentConfiguration read(String text, String... overrides) {
    return YamlReader.read("a.yaml", text, List.of(overrides));
  }
}
