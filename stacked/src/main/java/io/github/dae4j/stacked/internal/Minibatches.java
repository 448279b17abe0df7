package io.github.dae4j.stacked.internal;

import io.github.dae4j.internal.compute.HostMemory;
import io.github.dae4j.internal.compute.OneThread;
import io.github.dae4j.internal.compute.ReusedArrays;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Computes for some rows at a time what would need too much memory at once. */
public final class Minibatches {

  /** Wide enough for a fast product of matrices: 1024 rows of 1000 floats are 4 MB. */
  public static final int ROWS = 1024;

  /** Takes some rows of an array. */
  @FunctionalInterface
  public interface Visitor {

    /**
     * @param from the index of the first of the rows in the whole array
     * @param rows [up to {@link #ROWS}, nIn], for the time of the visit alone
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
    Objects.requireNonNull(x, "input");
    try (OneThread alone = OneThread.open();
        MemoryWorkspace scope = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      if (x.size(0) <= ROWS) {
        return computation.apply(x);
      }
      INDArray[] whole = new INDArray[1];
      forEach(
          x,
          (from, rows) -> {
            INDArray part = computation.apply(rows);
            whole[0] = whole[0] == null ? uninitialized(x.size(0), part) : whole[0];
            HostMemory.copy(part, whole[0], from);
          });
      return whole[0];
    }
  }

  private static INDArray uninitialized(long rows, INDArray part) {
    long[] shape = part.shape().clone();
    shape[0] = rows;
    return Nd4j.createUninitialized(part.dataType(), shape, 'c');
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
        ReusedArrays.part(() -> visitor.visit(0, x));
        return;
      }
      // M2.1 gives nothing for some rows of an array that is itself a view further into another.
      INDArray whole = x.isView() ? x.dup() : x;
      for (long from = 0; from < rows; from += ROWS) {
        long to = Math.min(from + ROWS, rows);
        visit(visitor, whole, from, to);
      }
    }
  }

  private static void visit(Visitor visitor, INDArray x, long from, long to) {
    ReusedArrays.part(() -> visitor.visit(from, ReusedArrays.rows(x, from, to)));
  }
}
