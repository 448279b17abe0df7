package io.github.dae4j.stacked.marginalized;

import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The decoder's activation around the features' mean. */
enum VisibleUnits {
  IDENTITY {
    @Override
    INDArray preOutputs(INDArray mean) {
      return mean.dup();
    }

    @Override
    INDArray slopes(INDArray mean) {
      return Nd4j.onesLike(mean);
    }
  },
  SIGMOID {
    @Override
    INDArray preOutputs(INDArray mean) {
      INDArray inside = inside(mean);
      return Transforms.log(inside.div(inside.rsub(1)), false);
    }

    @Override
    INDArray slopes(INDArray mean) {
      INDArray inside = inside(mean);
      return inside.rsub(1).muli(inside).rdivi(1);
    }
  };

  /** How near a mean may come to 0 or 1, where the slope is infinite. */
  private static final double MARGIN = 0.01;

  static VisibleUnits of(IActivation activation) {
    if (activation instanceof ActivationSigmoid) {
      return SIGMOID;
    }
    if (activation instanceof ActivationIdentity) {
      return IDENTITY;
    }
    throw new IllegalArgumentException(
        "MarginalizedInitialization decoderActivation must be sigmoid or identity, got "
            + activation);
  }

  /** p [1, nIn] where the activation is the mean [1, nIn]. */
  abstract INDArray preOutputs(INDArray mean);

  /** dp/dz [1, nIn] there. */
  abstract INDArray slopes(INDArray mean);

  /** The mean over the features, each weighted by its variance. */
  double meanSlope(SecondMoments moments) {
    double[] slopes =
        slopes(Nd4j.createFromArray(new double[][] {moments.mean()})).toDoubleVector();
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < slopes.length; i++) {
      double variance = moments.ofProducts()[i][i] - moments.mean()[i] * moments.mean()[i];
      sum += variance * slopes[i];
      weights += variance;
    }
    if (!(weights > 0)) {
      throw new IllegalArgumentException(
          "MarginalizedInitialization data must vary, got the same features in each example");
    }
    return sum / weights;
  }

  private static INDArray inside(INDArray mean) {
    return Transforms.min(Transforms.max(mean, MARGIN), 1 - MARGIN, false);
  }
}
