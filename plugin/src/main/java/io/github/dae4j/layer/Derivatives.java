package io.github.dae4j.layer;

import io.github.dae4j.compute.Product;
import io.github.dae4j.compute.Updates;
import java.io.Serializable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where the derivatives of a step go: to the gradient views or, in a direct step that has a rate,
 * with that factor onto the parameters themselves.
 */
final class Derivatives implements Serializable {

  private static final long serialVersionUID = 1L;

  private final Updates updates = new Updates();
  private boolean directStep;
  private double rate = Double.NaN;

  /**
   * @param rate NaN if the views are to be written
   */
  void beginDirectStep(double rate) {
    directStep = true;
    this.rate = rate;
  }

  void endDirectStep() {
    directStep = false;
    rate = Double.NaN;
  }

  /** Whether nobody looks at gradients, nor at the derivatives of the network's input. */
  boolean isDirectStep() {
    return directStep;
  }

  /** Whether parameters are updated in the place of their views. */
  boolean takesSteps() {
    return !Double.isNaN(rate);
  }

  /** Where the sums of a bias are to be written. */
  INDArray sums(INDArray view, INDArray scratch) {
    return takesSteps() ? scratch : view;
  }

  /** What is left to do with such sums. */
  void addSums(INDArray sums, INDArray param) {
    if (takesSteps()) {
      updates.sgd(param, sums, rate);
    }
  }

  /** a' b, the derivative of weights. */
  void addProduct(INDArray a, INDArray b, INDArray view, INDArray param) {
    if (takesSteps()) {
      Product.of(a, true, b, false, -rate, 1, param);
    } else {
      Product.of(a, true, b, false, 1, 0, view);
    }
  }
}
