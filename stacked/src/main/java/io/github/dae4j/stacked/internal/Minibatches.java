package io.github.dae4j.stacked.internal;

import io.github.dae4j.internal.compute.OneThread;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Computes for some rows at a time what would need too much memory at once. */
public final class Minibatches {

  /** Wide enough for a fast product of matrices: 1024 rows of 1000 floats are 4 MB. */
  public static final int ROWS = 1024;

  /** Takes some rows of an array. */
  @FunctionalInterface
  public interface Visitor {

    /**
     * @param from the index of the first of the rows in the whole array
     * @param rows [up to {@link #ROWS}, nIn], a view
     */
    void visit(long from, INDArray rows);
  }

  private Minibatches() {}

  /**
   * The results for {@link #ROWS} rows of x at a time, one below the other, outside of all
   * workspaces.
   */
  @SuppressWarnings("try")
  public static INDArray map(INDArray x, UnaryOperator<INDArray> computation) {
    try (OneThread alone = OneThread.open();
        MemoryWorkspace scope = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      List<INDArray> results = new ArrayList<>();
      forEach(x, (from, rows) -> results.add(computation.apply(rows)));
      return results.size() == 1
          ? results.get(0)
          : Nd4j.concat(0, results.toArray(INDArray[]::new));
    }
  }

  /**
   * Hands on {@link #ROWS} rows of x [n, nIn] at a time, from the first on, out of workspaces and
   * on the calling thread alone.
   */
  @SuppressWarnings("try")
  public static void forEach(INDArray x, Visitor visitor) {
    try (OneThread alone = OneThread.open();
        MemoryWorkspace scope = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      long rows = x.size(0);
      if (rows <= ROWS) {
        visitor.visit(0, x);
        return;
      }
      // M2.1 gives nothing for some rows of an array that is itself a view further into another.
      INDArray whole = x.isView() ? x.dup() : x;
      for (long from = 0; from < rows; from += ROWS) {
        long to = Math.min(from + ROWS, rows);
        visitor.visit(from, whole.get(NDArrayIndex.interval(from, to), NDArrayIndex.all()));
      }
    }
  }
}
