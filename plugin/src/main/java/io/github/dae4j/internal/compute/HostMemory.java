package io.github.dae4j.internal.compute;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Whether arrays lie in the host's memory, where Java and its BLAS can reach them. */
public final class HostMemory {

  /** A Java buffer has fewer bytes than 2^31. */
  private static final int MOST_CELLS = Integer.MAX_VALUE / Float.BYTES;

  private static final boolean REACHABLE = Nd4j.getEnvironment().isCPU() && hasBlas();

  private HostMemory() {}

  private static boolean hasBlas() {
    try {
      Class.forName("org.bytedeco.openblas.global.openblas_nolapack");
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false; // a CPU backend with another BLAS
    }
  }

  /** True on ND4J's CPU backend. */
  static boolean isReachable() {
    return REACHABLE;
  }

  /** True for FLOAT in the host's memory, less than 2 GiB, its cells in 'c' order without gaps. */
  public static boolean holdsRows(INDArray array) {
    if (!REACHABLE
        || array.dataType() != DataType.FLOAT
        || array.isEmpty()
        || array.length() > MOST_CELLS) {
      return false;
    }
    long expected = 1;
    for (int dimension = array.rank() - 1; dimension >= 0; dimension--) {
      if (array.size(dimension) != 1 && array.stride(dimension) != expected) {
        return false;
      }
      expected *= array.size(dimension);
    }
    return true;
  }

  /** The cells of an array of which {@link #holdsRows} is true, in 'c' order. */
  public static float[] copy(INDArray array) {
    float[] cells = new float[(int) array.length()];
    new HostBuffer(array).read(0, cells, cells.length);
    return cells;
  }

  /** Writes an array of rows, or of a number for each, into one of more of them, from one on. */
  public static void copy(INDArray rows, INDArray to, long from) {
    long n = rows.size(0);
    if (holdsRows(rows) && holdsRows(to)) {
      float[] cells = copy(rows);
      new HostBuffer(to).write(cells, from * (cells.length / n), cells.length);
    } else if (to.rank() == 1) {
      to.get(NDArrayIndex.interval(from, from + n)).assign(rows);
    } else {
      to.get(NDArrayIndex.interval(from, from + n), NDArrayIndex.all()).assign(rows);
    }
  }

  /** A new array with these cells, in 'c' order; on any backend. */
  public static INDArray of(float[] cells, long... shape) {
    if (!REACHABLE) {
      return Nd4j.createFromArray(cells).reshape('c', shape);
    }
    INDArray array = Nd4j.createUninitialized(DataType.FLOAT, shape, 'c');
    new HostBuffer(array).write(cells, 0, cells.length);
    return array;
  }

  /** The rows of a matrix of any type, on any backend. */
  public static float[][] rows(INDArray matrix) {
    INDArray inRows = matrix.dup('c');
    if (!holdsRows(inRows)) {
      return matrix.toFloatMatrix();
    }
    float[][] rows = new float[(int) matrix.size(0)][(int) matrix.size(1)];
    HostBuffer cells = new HostBuffer(inRows);
    for (int row = 0; row < rows.length; row++) {
      cells.read((long) row * rows[row].length, rows[row], rows[row].length);
    }
    return rows;
  }

  /** Where the cells of an array begin, for native code. */
  static final class Address extends FloatPointer {

    /** ND4J frees memory when the array is collected, whatever else still points there. */
    private final transient INDArray owner;

    Address(INDArray owner) {
      super(owner.data().addressPointer());
      this.owner = owner;
    }

    private Address(Address whole, long first) {
      super(whole);
      owner = whole.owner;
      offsetAddress(first);
    }

    /** The same from one on. */
    Address from(long first) {
      return new Address(this, first);
    }
  }
}
