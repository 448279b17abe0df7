package io.github.dae4j.internal.compute;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Arrays for what lies between input and result at use, of each thread's own and used again.
 *
 * <p>A new array of ND4J costs more than what is computed in it: a lock of JavaCPP, and memory that
 * is zeroed and comes from the system each time, as it is given back only after Java has collected
 * the array. The system has one lock for the memory of a process, so that threads wait for each
 * other.
 */
public final class ReusedArrays {

  /** Of a thread: 4 MB. Larger arrays are new each time, which then is little beside a product. */
  private static final long MOST_CELLS = 1 << 20;

  /** Of each of the plain arrays: 1 MB. */
  private static final int MOST_FLOATS = 1 << 18;

  private static final ThreadLocal<ReusedArrays> OF_THREAD =
      ThreadLocal.withInitial(ReusedArrays::new);

  private record Shape(long rows, long columns) {}

  private final Map<Shape, ArrayDeque<INDArray>> free = new HashMap<>();
  private final List<INDArray> taken = new ArrayList<>();
  private final float[][] floats = {{}, {}, {}};
  private long cells;
  private boolean open;

  private ReusedArrays() {}

  /**
   * What is computed with arrays that are used again afterwards, except for the result: it belongs
   * to the computation around this one, or to the caller if there is none.
   */
  public static <T> T within(Supplier<T> computation) {
    return OF_THREAD.get().compute(true, computation);
  }

  /** What is computed with new arrays, be it inside another computation: for code of others. */
  public static <T> T without(Supplier<T> computation) {
    return OF_THREAD.get().compute(false, computation);
  }

  /** A part of a computation, after which the arrays of that part alone are used again. */
  public static void part(Runnable computation) {
    ReusedArrays arrays = OF_THREAD.get();
    arrays.compute(
        arrays.open,
        () -> {
          computation.run();
          return null;
        });
  }

  /** Rows of x [n, d] from one on, for the present part: a copy if it can be, else a view. */
  public static INDArray rows(INDArray x, long from, long to) {
    if (!OF_THREAD.get().open || !HostMemory.holdsRows(x)) {
      return x.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
    }
    INDArray rows = matrix(to - from, x.size(1));
    FusedKernels.copy(x, from, rows);
    return rows;
  }

  /**
   * At least n numbers of the thread's own, whatever they are, for a method that calls no other
   * which takes the same.
   *
   * @param place which of them, from 0
   */
  static float[] floats(int place, int n) {
    if (n > MOST_FLOATS) {
      return new float[n];
    }
    float[][] floats = OF_THREAD.get().floats;
    if (floats[place].length < n) {
      floats[place] = new float[n];
    }
    return floats[place];
  }

  /** A matrix of FLOAT in the host's memory, in 'c' order, with any numbers in it. */
  static INDArray matrix(long rows, long columns) {
    ReusedArrays arrays = OF_THREAD.get();
    return arrays.open ? arrays.take(rows, columns) : create(rows, columns);
  }

  private <T> T compute(boolean isOpen, Supplier<T> computation) {
    boolean before = open;
    int mark = taken.size();
    open = isOpen;
    T result = null;
    try {
      result = computation.get();
      return result;
    } finally {
      open = before;
      giveBack(mark, result instanceof INDArray array ? array : null, before);
    }
  }

  private INDArray take(long rows, long columns) {
    ArrayDeque<INDArray> same = free.get(new Shape(rows, columns));
    INDArray array = same == null ? null : same.poll();
    if (array == null) {
      array = create(rows, columns);
      cells += array.length();
    }
    taken.add(array);
    return array;
  }

  private void giveBack(int mark, INDArray result, boolean isInner) {
    for (int i = taken.size() - 1; i >= mark; i--) {
      INDArray array = taken.get(i);
      if (!isPartOf(array, result)) {
        taken.remove(i);
        free.computeIfAbsent(new Shape(array.size(0), array.size(1)), key -> new ArrayDeque<>())
            .push(array);
      } else if (!isInner) {
        taken.remove(i);
        cells -= array.length();
      }
    }
    if (!isInner && cells > MOST_CELLS) {
      free.clear();
      cells = taken.stream().mapToLong(INDArray::length).sum();
    }
  }

  /** Whether a result lies in an array, be it in another shape. */
  private static boolean isPartOf(INDArray array, INDArray result) {
    return result == array
        || result != null && result.data() != null && isWithin(address(array), result, array);
  }

  private static boolean isWithin(long from, INDArray result, INDArray array) {
    long at = address(result);
    return at >= from && at < from + array.length() * Float.BYTES;
  }

  private static long address(INDArray array) {
    return array.data().addressPointer().address();
  }

  @SuppressWarnings("try")
  private static INDArray create(long rows, long columns) {
    try (MemoryWorkspace scope = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      return Nd4j.createUninitialized(DataType.FLOAT, rows, columns);
    }
  }
}
