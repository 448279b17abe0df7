package io.github.dae4j.layer;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The arrays of a denoising step of n examples, used again in the next.
 *
 * <p>What belongs together lies one below the other, so that the derivative of tied weights, x' da
 * + d' y, is a single product.
 *
 * @param inputs x and d [2 n, nIn]
 * @param codes da and y [2 n, nOut]
 * @param x the corrupted input [n, nIn]
 * @param d the derivative of the decoder's pre-activation, before that itself [n, nIn]
 * @param da the derivative of the encoder's pre-activation, before that of the code [n, nOut]
 * @param y the code, before that the encoder's pre-activation [n, nOut]
 * @param sumsOfD over the examples [nIn]
 * @param sumsOfDa over the examples [nOut]
 */
record StepMemory(
    INDArray inputs,
    INDArray codes,
    INDArray x,
    INDArray d,
    INDArray da,
    INDArray y,
    INDArray sumsOfD,
    INDArray sumsOfDa) {

  @SuppressWarnings("try")
  static StepMemory like(INDArray target, long nOut) {
    try (MemoryWorkspace scope = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      long n = target.size(0);
      long nIn = target.size(1);
      DataType type = target.dataType();
      INDArray inputs = Nd4j.create(type, new long[] {2 * n, nIn}, 'c');
      INDArray codes = Nd4j.create(type, new long[] {2 * n, nOut}, 'c');
      return new StepMemory(
          inputs,
          codes,
          rows(inputs, 0, n),
          rows(inputs, n, 2 * n),
          rows(codes, 0, n),
          rows(codes, n, 2 * n),
          Nd4j.create(type, nIn),
          Nd4j.create(type, nOut));
    }
  }

  private static INDArray rows(INDArray array, long from, long to) {
    return array.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
  }

  boolean suits(INDArray target, long nOut) {
    return x.equalShapes(target) && x.dataType() == target.dataType() && y.size(1) == nOut;
  }
}
