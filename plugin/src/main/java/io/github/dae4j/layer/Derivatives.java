package io.github.dae4j.layer;

import io.github.dae4j.internal.compute.ParameterUpdates;
import io.github.dae4j.internal.compute.Product;
import java.io.Serializable;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where the derivatives of a step go: to the gradient views or, in a direct step that has a rate,
 * with that factor onto the parameters themselves.
 */
final class Derivatives implements Serializable {

  private static final long serialVersionUID = 1L;

  private final ParameterUpdates updates = new ParameterUpdates();
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

  /** The derivative of a bias, as sums of parts of the rows. */
  void addSums(List<INDArray> sums, INDArray view, INDArray param) {
    if (takesSteps()) {
      sums.forEach(part -> updates.sgd(param, part, rate));
    } else {
      view.assign(sums.get(0));
      sums.subList(1, sums.size()).forEach(part -> view.addi(part.reshape(view.shape())));
    }
  }

  /** The same, where all of it lies in the view. */
  void addSums(INDArray view, INDArray param) {
    if (takesSteps()) {
      updates.sgd(param, view, rate);
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
