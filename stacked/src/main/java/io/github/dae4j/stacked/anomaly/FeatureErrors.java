package io.github.dae4j.stacked.anomaly;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a model gets wrong in each cell, for instance {@code stack::reconstructionErrorPerFeature}
 * or {@code layer::reconstructionErrorPerFeature}.
 */
@FunctionalInterface
public interface FeatureErrors {

  /** The error of each cell, the larger the worse: x [minibatch, nIn] -> [minibatch, nIn]. */
  INDArray of(INDArray x);
}
