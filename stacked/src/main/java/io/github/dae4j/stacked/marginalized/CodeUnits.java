package io.github.dae4j.stacked.marginalized;

import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** A code's activation around 0: about value + slope a. */
record CodeUnits(double value, double slope) {

  static CodeUnits of(IActivation activation) {
    if (activation instanceof ActivationSigmoid) {
      return new CodeUnits(0.5, 0.25);
    }
    if (activation instanceof ActivationTanH || activation instanceof ActivationIdentity) {
      return new CodeUnits(0, 1);
    }
    throw new IllegalArgumentException(
        "MarginalizedInitialization activation must be sigmoid, tanh or identity, got "
            + activation);
  }

  /**
   * What to multiply codes by: as much as lets a tied decoder reconstruct, within the range where
   * the activation is nearly linear.
   *
   * @param visibleSlope of the inverse of the decoder's activation
   * @param standardDeviation of a unit's input at scale 1
   */
  double scale(double visibleSlope, double standardDeviation) {
    return Math.min(Math.sqrt(visibleSlope / slope), 1 / (2 * slope * standardDeviation));
  }
}
