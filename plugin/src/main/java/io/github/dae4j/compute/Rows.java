package io.github.dae4j.compute;

import java.io.Serializable;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What lies between the products of a denoising step, row by row: each pass reads and writes a
 * minibatch once, where operations of ND4J would need two to five and a call of native code each.
 *
 * <p>All arrays must be such that {@link HostMemory#holdsRows} is true. An object is not for
 * several threads at a time: rows pass through arrays that are used again.
 */
public final class Rows implements Serializable {

  private static final long serialVersionUID = 1L;

  /** log(1 + exp(-|a|)) = -log(max(z, 1 - z)), where a factor is at least 1/2. */
  private static final int FACTORS = 64;

  private float[] first = new float[0];
  private float[] second = new float[0];

  /** Copies [n, d] into an array of the same shape. */
  public void copy(INDArray from, INDArray to) {
    if (HostMemory.holdsRows(from) && HostMemory.holdsRows(to)) {
      Pointer.memcpy(HostMemory.cells(to), HostMemory.cells(from), from.length() * Float.BYTES);
    } else {
      to.assign(from);
    }
  }

  /** a [n, d] becomes s(a + b), with the same b [1, d] for every row. */
  public void activate(INDArray a, INDArray b, Activation s) {
    int columns = prepare(a);
    FloatPointer cells = HostMemory.cells(a);
    float[] bias = read(HostMemory.cells(b), 0, second, columns);
    for (long row = 0; row < a.size(0); row++) {
      float[] y = read(cells, row, first, columns);
      for (int i = 0; i < columns; i++) {
        y[i] += bias[i];
      }
      s.apply(y, columns);
      write(y, cells, row, columns);
    }
  }

  /**
   * Binary cross-entropy of z = sigmoid(a + b) against x, all [n, d], b [1, d]: a becomes the
   * derivative z - x, and {@code sums} [1, d] its sums over the rows.
   *
   * @return the loss summed over all cells, in nats
   */
  public double crossEntropy(INDArray a, INDArray b, INDArray x, INDArray sums) {
    int columns = prepare(a);
    FloatPointer cells = HostMemory.cells(a);
    FloatPointer targets = HostMemory.cells(x);
    float[] bias = read(HostMemory.cells(b), 0, new float[columns], columns);
    float[] total = new float[columns];
    float[] linear = new float[columns];
    float[] likelier = ones(columns);
    double loss = 0;
    for (long row = 0; row < a.size(0); row++) {
      float[] z = read(cells, row, first, columns);
      float[] target = read(targets, row, second, columns);
      for (int i = 0; i < columns; i++) {
        z[i] += bias[i];
        linear[i] += Math.max(z[i], 0f) - z[i] * target[i];
      }
      Sigmoid.of(z, z, columns);
      for (int i = 0; i < columns; i++) {
        likelier[i] *= Math.max(z[i], 1 - z[i]);
        z[i] -= target[i];
        total[i] += z[i];
      }
      write(z, cells, row, columns);
      if (row % FACTORS == FACTORS - 1) {
        loss -= sumOfLogs(likelier);
        Arrays.fill(likelier, 1);
      }
    }
    write(total, HostMemory.cells(sums), 0, columns);
    return loss - sumOfLogs(likelier) + sum(linear);
  }

  /** As the logarithms of products: each is at least 2^-FACTORS, and fifteen of them a double. */
  private static double sumOfLogs(float[] products) {
    double logs = 0;
    for (int from = 0; from < products.length; from += 15) {
      double product = 1;
      for (int i = from; i < Math.min(from + 15, products.length); i++) {
        product *= products[i];
      }
      logs += Math.log(product);
    }
    return logs;
  }

  /**
   * dL/da from g = dL/dy for y = s(a), all [n, d]; the result may be y or g itself.
   *
   * @param sums of the result over the rows [1, d]
   */
  public void backprop(INDArray y, INDArray g, Activation s, INDArray da, INDArray sums) {
    int columns = prepare(g);
    FloatPointer outputs = HostMemory.cells(y);
    FloatPointer derivatives = HostMemory.cells(g);
    FloatPointer results = HostMemory.cells(da);
    float[] total = new float[columns];
    for (long row = 0; row < g.size(0); row++) {
      float[] result = read(derivatives, row, first, columns);
      s.backprop(read(outputs, row, second, columns), result, columns);
      for (int i = 0; i < columns; i++) {
        total[i] += result[i];
      }
      write(result, results, row, columns);
    }
    write(total, HostMemory.cells(sums), 0, columns);
  }

  /** True if every cell is in [0, 1], NaN is not; for any number of threads at a time. */
  public static boolean areProbabilities(INDArray x) {
    int columns = (int) x.size(1);
    FloatPointer cells = HostMemory.cells(x);
    float[] distance = new float[columns];
    float[] values = new float[columns];
    for (long row = 0; row < x.size(0); row++) {
      read(cells, row, values, columns);
      for (int i = 0; i < columns; i++) {
        distance[i] = Math.min(distance[i], Math.min(values[i], 1 - values[i]));
      }
    }
    boolean all = true;
    for (int i = 0; i < columns; i++) {
      all &= distance[i] >= 0;
    }
    return all;
  }

  private int prepare(INDArray rows) {
    int columns = (int) rows.size(1);
    if (first.length < columns) {
      first = new float[columns];
      second = new float[columns];
    }
    return columns;
  }

  private static float[] read(FloatPointer cells, long row, float[] values, int columns) {
    cells.position(row * columns).get(values, 0, columns);
    return values;
  }

  private static void write(float[] values, FloatPointer cells, long row, int columns) {
    cells.position(row * columns).put(values, 0, columns);
  }

  private static float[] ones(int n) {
    float[] values = new float[n];
    Arrays.fill(values, 1);
    return values;
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }
}
