package io.github.dae4j.layer;

import java.util.List;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a denoising step does to cells between its products, in the order of the methods. */
interface StepCells {

  /** The parts of a minibatch in which the methods below may be called, by several threads. */
  default List<StepRows> blocks(StepMemory memory) {
    return List.of(memory.all());
  }

  /** {@code rows.y}, the product of x and the weights, becomes the code; b [1, nOut]. */
  void encode(StepRows rows, INDArray b);

  /**
   * {@code rows.d}, the product of y and the decoder's weights, becomes the derivative of the
   * decoder's pre-activation; vb and {@code sums}, over the examples, [1, nIn].
   *
   * @return the loss summed over all cells
   * @throws DL4JInvalidInputException if the target is out of its range, where that is seen here
   */
  double decode(StepRows rows, INDArray vb, INDArray target, INDArray sums);

  /** {@code rows.da}, dL/dy, becomes dL/da; {@code sums}, over the examples, [1, nOut]. */
  void backprop(StepRows rows, INDArray sums);

  /** Adds to dW [nIn, nOut] what its products leave out. */
  default void addWeightGradient(INDArray dW) {}
}
