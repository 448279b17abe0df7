package io.github.dae4j.layer;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * What the features of a {@link ColumnBlock} stand for, and so which loss x and pre-output a have.
 */
public enum ColumnKind {

  /** Standardised numbers: squared error, {@code (a - x)^2}. */
  NUMERIC {
    @Override
    INDArray cells(INDArray x, INDArray a) {
      INDArray difference = a.sub(x);
      return difference.muli(difference);
    }

    @Override
    INDArray gradient(INDArray x, INDArray a, INDArray weights) {
      INDArray gradient = a.sub(x).muli(2);
      return weights == null ? gradient : gradient.muli(weights);
    }

    @Override
    INDArray expected(INDArray a) {
      return a.dup();
    }
  },

  /** Features in [0, 1], each on its own: cross-entropy of {@code sigmoid(a)}. */
  BINARY {
    @Override
    INDArray cells(INDArray x, INDArray a) {
      return UNWEIGHTED.perFeature(x, a);
    }

    @Override
    INDArray gradient(INDArray x, INDArray a, INDArray weights) {
      return UNWEIGHTED.gradient(x, a.dup(), weights);
    }

    @Override
    INDArray expected(INDArray a) {
      return Transforms.sigmoid(a, true);
    }
  },

  /** The one-hot block of one column: {@code -x log softmax(a)}; a block of zeros has no loss. */
  CATEGORICAL {
    @Override
    INDArray cells(INDArray x, INDArray a) {
      return logSoftmax(a).muli(x).negi();
    }

    @Override
    INDArray gradient(INDArray x, INDArray a, INDArray weights) {
      INDArray weighted = weights == null ? x : x.mul(weights);
      return expected(a).muliColumnVector(weighted.sum(true, 1)).subi(weighted);
    }

    @Override
    INDArray expected(INDArray a) {
      return Transforms.exp(logSoftmax(a), false);
    }
  };

  private static final SigmoidCrossEntropy UNWEIGHTED = new SigmoidCrossEntropy(null);

  /** The loss of each cell [minibatch, width]. */
  abstract INDArray cells(INDArray x, INDArray a);

  /**
   * The derivative by a of the sum of weighted cells [minibatch, width].
   *
   * @param weights of each cell, or null
   */
  abstract INDArray gradient(INDArray x, INDArray a, INDArray weights);

  /** The features that a pre-output says are to be expected [minibatch, width]. */
  abstract INDArray expected(INDArray a);

  /** Past the row's maximum, so that no exponential overflows and one of them is 1. */
  private static INDArray logSoftmax(INDArray a) {
    INDArray shifted = a.subColumnVector(a.max(true, 1));
    INDArray sums = Transforms.exp(shifted, true).sum(true, 1);
    return shifted.subiColumnVector(Transforms.log(sums, false));
  }
}
