package io.github.dae4j.layer;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A term that a denoising step adds to its loss for the sake of the code, at one minibatch. */
interface CodePenalty {

  /** As sums over the minibatch have it: n x the term. */
  double score();

  /** What it adds to the derivative of the encoder's pre-activation [n, nOut]. */
  INDArray gradient();

  /** Adds to dW [nIn, nOut] what does not come by way of the pre-activation. */
  default void addWeightGradient(INDArray dW) {}
}
