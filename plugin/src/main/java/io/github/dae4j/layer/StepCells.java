package io.github.dae4j.layer;

import org.nd4j.linalg.api.ndarray.INDArray;

/** What a denoising step does to cells between its products, in the order of the methods. */
interface StepCells {

  /** {@code memory.y}, the product of x and the weights, becomes the code; b [1, nOut]. */
  void encode(StepMemory memory, INDArray b);

  /**
   * {@code memory.d}, the product of y and the decoder's weights, becomes the derivative of the
   * decoder's pre-activation; vb and {@code sums}, over the examples, [1, nIn].
   *
   * @return the loss summed over all cells
   */
  double decode(StepMemory memory, INDArray vb, INDArray target, INDArray sums);

  /** {@code memory.da}, dL/dy, becomes dL/da; {@code sums}, over the examples, [1, nOut]. */
  void backprop(StepMemory memory, INDArray sums);

  /** Adds to dW [nIn, nOut] what its products leave out. */
  default void addWeightGradient(INDArray dW) {}
}
