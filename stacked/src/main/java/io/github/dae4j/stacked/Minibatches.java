package io.github.dae4j.stacked;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Computes row by row what would need too much memory at once. */
final class Minibatches {

  /** Wide enough for a fast product of matrices: 1024 rows of 1000 floats are 4 MB. */
  static final int ROWS = 1024;

  private Minibatches() {}

  /**
   * The results for {@link #ROWS} rows of x at a time, one below the other, outside of all
   * workspaces.
   */
  @SuppressWarnings("try")
  static INDArray map(INDArray x, UnaryOperator<INDArray> computation) {
    try (MemoryWorkspace scope = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      long rows = x.size(0);
      if (rows <= ROWS) {
        return computation.apply(x);
      }
      // M2.1 gives nothing for some rows of an array that is itself a view further into another.
      INDArray whole = x.isView() ? x.dup() : x;
      List<INDArray> results = new ArrayList<>();
      for (long from = 0; from < rows; from += ROWS) {
        long to = Math.min(from + ROWS, rows);
        results.add(
            computation.apply(whole.get(NDArrayIndex.interval(from, to), NDArrayIndex.all())));
      }
      return Nd4j.concat(0, results.toArray(INDArray[]::new));
    }
  }
}
