package io.github.dae4j.cli.study;

import io.github.dae4j.stacked.anomaly.FeatureErrors;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The simplest thing that could do instead of a model: the squared distance of each feature from
 * its mean, in its standard deviations.
 *
 * @param mean [1, nIn]
 * @param deviation [1, nIn], none of them 0
 */
record MeanDistance(INDArray mean, INDArray deviation) implements FeatureErrors {

  /** Of features that have units of their own. */
  static MeanDistance ofColumns(INDArray x) {
    return new MeanDistance(x.mean(true, 0), x.std(true, 0));
  }

  /** Of pixels, which all have the same. */
  static MeanDistance ofPixels(INDArray x) {
    INDArray mean = x.mean(true, 0);
    return new MeanDistance(mean, mean.ulike().assign(1));
  }

  @Override
  public INDArray of(INDArray x) {
    INDArray distance = x.subRowVector(mean).diviRowVector(deviation);
    return distance.muli(distance);
  }
}
