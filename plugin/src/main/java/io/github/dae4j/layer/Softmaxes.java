package io.github.dae4j.layer;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * A softmax for each of several neighbouring blocks, all at once: the number of ND4J's operations,
 * whose calls cost more than small arrays do, does not grow with that of the blocks.
 *
 * @param widths of the blocks
 */
record Softmaxes(int[] widths) {

  /** The logarithms [minibatch, columns]; past each block's maximum, so that nothing overflows. */
  INDArray log(INDArray a) {
    INDArray shifted = a.sub(spread(byBlock(a, false).max(2)));
    return shifted.subi(Transforms.log(sums(Transforms.exp(shifted, true)), false));
  }

  /** For each column the sum over its block [minibatch, columns]. */
  INDArray sums(INDArray cells) {
    INDArray zero = Nd4j.zeros(cells.dataType(), cells.size(0), 1);
    return spread(byBlock(Nd4j.concat(1, cells, zero), true).sum(2));
  }

  /**
   * The columns as [minibatch, blocks, widest].
   *
   * @param withNext whether narrower blocks are filled up with the column after all blocks, or with
   *     their own first one
   */
  private INDArray byBlock(INDArray columns, boolean withNext) {
    int widest = Arrays.stream(widths).max().orElseThrow();
    int next = Arrays.stream(widths).sum();
    int[] pulled = new int[widths.length * widest];
    int from = 0;
    for (int block = 0; block < widths.length; block++) {
      int start = block * widest;
      Arrays.fill(pulled, start, start + widest, withNext ? next : from);
      for (int column = 0; column < widths[block]; column++) {
        pulled[start + column] = from++;
      }
    }
    return Nd4j.pullRows(columns, 0, pulled).reshape('c', columns.size(0), widths.length, widest);
  }

  /** From a value for each block [minibatch, blocks] to one for each column. */
  private INDArray spread(INDArray ofBlocks) {
    int[] blocks =
        IntStream.range(0, widths.length)
            .flatMap(block -> IntStream.generate(() -> block).limit(widths[block]))
            .toArray();
    return Nd4j.pullRows(ofBlocks, 0, blocks);
  }
}
