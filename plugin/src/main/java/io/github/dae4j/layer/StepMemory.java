package io.github.dae4j.layer;

import io.github.dae4j.internal.compute.FusedKernels;
import java.util.List;
import java.util.stream.LongStream;
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
 * @param all rows
 * @param blocks the same rows in parts, a function of n alone, which threads share: the arrays of a
 *     part stay in the second cache from the corrupted input to the derivatives
 */
record StepMemory(INDArray inputs, INDArray codes, Block all, List<Block> blocks) {

  /** Rows of a block, at least, and blocks, at most. */
  private static final long LEAST_ROWS = 128;

  private static final long MOST_BLOCKS = 8;

  /**
   * The arrays of n consecutive rows of a minibatch.
   *
   * @param first the place of the first row in the minibatch
   * @param x the corrupted input [n, nIn]
   * @param d the derivative of the decoder's pre-activation, before that itself [n, nIn]
   * @param da the derivative of the encoder's pre-activation, before that of the code [n, nOut]
   * @param y the code, before that the encoder's pre-activation [n, nOut]
   * @param sumsOfD over the rows [1, nIn]
   * @param sumsOfDa over the rows [1, nOut]
   * @param passes over these rows
   */
  record Block(
      long first,
      INDArray x,
      INDArray d,
      INDArray da,
      INDArray y,
      INDArray sumsOfD,
      INDArray sumsOfDa,
      FusedKernels passes) {}

  @SuppressWarnings("try")
  static StepMemory like(INDArray target, long nOut) {
    try (MemoryWorkspace scope = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      long n = target.size(0);
      DataType type = target.dataType();
      INDArray inputs = Nd4j.create(type, new long[] {2 * n, target.size(1)}, 'c');
      INDArray codes = Nd4j.create(type, new long[] {2 * n, nOut}, 'c');
      Block all = block(inputs, codes, 0, n);
      long blocks = Math.min(MOST_BLOCKS, n / LEAST_ROWS);
      return new StepMemory(
          inputs,
          codes,
          all,
          blocks <= 1
              ? List.of(all)
              : LongStream.range(0, blocks)
                  .mapToObj(i -> block(inputs, codes, n * i / blocks, n * (i + 1) / blocks))
                  .toList());
    }
  }

  private static Block block(INDArray inputs, INDArray codes, long from, long to) {
    long n = inputs.size(0) / 2;
    return new Block(
        from,
        rows(inputs, from, to),
        rows(inputs, n + from, n + to),
        rows(codes, from, to),
        rows(codes, n + from, n + to),
        Nd4j.create(inputs.dataType(), 1, inputs.size(1)),
        Nd4j.create(codes.dataType(), 1, codes.size(1)),
        new FusedKernels());
  }

  private static INDArray rows(INDArray array, long from, long to) {
    return array.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
  }

  boolean suits(INDArray target, long nOut) {
    return all.x().equalShapes(target)
        && all.x().dataType() == target.dataType()
        && all.y().size(1) == nOut;
  }
}
