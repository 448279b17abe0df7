package io.github.dae4j.compute;

import java.io.Serializable;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What lies between the products of a denoising step, row by row: each pass reads and writes a
 * minibatch once, where operations of ND4J would need two to five and a call of native code each.
 *
 * <p>All arrays must be such that {@link HostMemory#holdsRows} is true. An object is not for
 * several callers at a time: rows pass through arrays that are used again. A {@link Team} shares
 * the rows.
 */
public final class Rows implements Serializable {

  private static final long serialVersionUID = 1L;

  /** log(1 + exp(-|a|)) = -log(max(z, 1 - z)), where a factor is at least 1/2. */
  private static final int FACTORS = 64;

  private static final int LEAST_ROWS = 8;
  private static final int MOST_PARTS = 8;

  private transient Part[] parts = {};

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
    FloatPointer cells = HostMemory.cells(a);
    FloatPointer biases = HostMemory.cells(b);
    each(a, part -> part.activate(cells, biases, s));
  }

  /**
   * Binary cross-entropy of z = sigmoid(a + b) against x, all [n, d], b [1, d]: a becomes the
   * derivative z - x, and {@code sums} [1, d] its sums over the rows.
   *
   * @return the loss summed over all cells, in nats
   */
  public double crossEntropy(INDArray a, INDArray b, INDArray x, INDArray sums) {
    FloatPointer cells = HostMemory.cells(a);
    FloatPointer biases = HostMemory.cells(b);
    FloatPointer targets = HostMemory.cells(x);
    int used = each(a, part -> part.crossEntropy(cells, biases, targets));
    writeTotal(used, sums);
    double loss = 0;
    for (int i = 0; i < used; i++) {
      loss += parts[i].loss;
    }
    return loss;
  }

  /**
   * dL/da from g = dL/dy for y = s(a), all [n, d]; the result may be y or g itself.
   *
   * @param sums of the result over the rows [1, d]
   */
  public void backprop(INDArray y, INDArray g, Activation s, INDArray da, INDArray sums) {
    FloatPointer outputs = HostMemory.cells(y);
    FloatPointer derivatives = HostMemory.cells(g);
    FloatPointer results = HostMemory.cells(da);
    writeTotal(each(g, part -> part.backprop(outputs, derivatives, s, results)), sums);
  }

  /** True if every cell is in [0, 1], NaN is not; for any number of threads at a time. */
  public static boolean areProbabilities(INDArray x) {
    FloatPointer cells = HostMemory.cells(x);
    AtomicBoolean all = new AtomicBoolean(true);
    Rows rows = new Rows();
    rows.each(
        x,
        part -> {
          if (!part.areProbabilities(cells)) {
            all.set(false);
          }
        });
    return all.get();
  }

  private interface Pass {
    void over(Part part);
  }

  /** Returns how many parts the rows were cut into: a function of their number alone. */
  private int each(INDArray rows, Pass pass) {
    long n = rows.size(0);
    int columns = (int) rows.size(1);
    int used = (int) Math.max(1, Math.min(MOST_PARTS, n / LEAST_ROWS));
    prepare(used);
    Team.each(
        used,
        i -> {
          parts[i].begin(n * i / used, n * (i + 1) / used, columns);
          pass.over(parts[i]);
        });
    return used;
  }

  private void prepare(int used) {
    int before = parts == null ? 0 : parts.length;
    if (before < used) {
      parts = before == 0 ? new Part[used] : Arrays.copyOf(parts, used);
      for (int i = before; i < used; i++) {
        parts[i] = new Part();
      }
    }
  }

  private void writeTotal(int used, INDArray sums) {
    float[] total = parts[0].total;
    int columns = parts[0].columns;
    for (int i = 1; i < used; i++) {
      for (int j = 0; j < columns; j++) {
        total[j] += parts[i].total[j];
      }
    }
    HostMemory.cells(sums).put(total, 0, columns);
  }

  /** Some of the rows, and arrays they pass through. */
  private static final class Part {

    private long from;
    private long to;
    private int columns;
    private float[] first = {};
    private float[] second = {};
    private float[] bias = {};
    private float[] total = {};
    private float[] linear = {};
    private float[] likelier = {};
    private double loss;

    void begin(long first, long end, int width) {
      from = first;
      to = end;
      columns = width;
      if (this.first.length < width) {
        this.first = new float[width];
        second = new float[width];
      }
    }

    void activate(FloatPointer a, FloatPointer b, Activation s) {
      float[] added = readBias(b);
      FloatPointer cells = HostMemory.at(a, 0);
      for (long row = from; row < to; row++) {
        float[] y = read(cells, row, first);
        for (int i = 0; i < columns; i++) {
          y[i] += added[i];
        }
        s.apply(y, columns);
        write(y, cells, row);
      }
    }

    void crossEntropy(FloatPointer a, FloatPointer b, FloatPointer x) {
      FloatPointer cells = HostMemory.at(a, 0);
      FloatPointer targets = HostMemory.at(x, 0);
      float[] added = readBias(b);
      float[] sums = clearTotal();
      linear = filled(linear, 0);
      likelier = filled(likelier, 1);
      float[] ax = linear;
      float[] product = likelier;
      loss = 0;
      for (long row = from; row < to; row++) {
        float[] z = read(cells, row, first);
        float[] target = read(targets, row, second);
        for (int i = 0; i < columns; i++) {
          z[i] += added[i];
          ax[i] += Math.max(z[i], 0f) - z[i] * target[i];
        }
        Sigmoid.of(z, z, columns);
        for (int i = 0; i < columns; i++) {
          product[i] *= Math.max(z[i], 1 - z[i]);
          z[i] -= target[i];
          sums[i] += z[i];
        }
        write(z, cells, row);
        if ((row - from) % FACTORS == FACTORS - 1) {
          loss -= sumOfLogs(product, columns);
          Arrays.fill(product, 1);
        }
      }
      loss += sum(ax, columns) - sumOfLogs(product, columns);
    }

    void backprop(FloatPointer y, FloatPointer g, Activation s, FloatPointer da) {
      FloatPointer outputs = HostMemory.at(y, 0);
      FloatPointer derivatives = HostMemory.at(g, 0);
      FloatPointer results = HostMemory.at(da, 0);
      float[] sums = clearTotal();
      for (long row = from; row < to; row++) {
        float[] result = read(derivatives, row, first);
        s.backprop(read(outputs, row, second), result, columns);
        for (int i = 0; i < columns; i++) {
          sums[i] += result[i];
        }
        write(result, results, row);
      }
    }

    boolean areProbabilities(FloatPointer x) {
      FloatPointer cells = HostMemory.at(x, 0);
      Arrays.fill(second, 0);
      float[] distance = second;
      for (long row = from; row < to; row++) {
        float[] values = read(cells, row, first);
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

    private float[] readBias(FloatPointer b) {
      if (bias.length < columns) {
        bias = new float[columns];
      }
      return read(HostMemory.at(b, 0), 0, bias);
    }

    private float[] clearTotal() {
      total = filled(total, 0);
      return total;
    }

    private float[] filled(float[] array, float value) {
      float[] result = array.length < columns ? new float[columns] : array;
      Arrays.fill(result, value);
      return result;
    }

    private float[] read(FloatPointer cells, long row, float[] values) {
      cells.position(row * columns).get(values, 0, columns);
      return values;
    }

    private void write(float[] values, FloatPointer cells, long row) {
      cells.position(row * columns).put(values, 0, columns);
    }
  }

  /** As the logarithms of products: each is at least 2^-FACTORS, and fifteen of them a double. */
  private static double sumOfLogs(float[] products, int columns) {
    double logs = 0;
    for (int from = 0; from < columns; from += 15) {
      double product = 1;
      for (int i = from; i < Math.min(from + 15, columns); i++) {
        product *= products[i];
      }
      logs += Math.log(product);
    }
    return logs;
  }

  private static double sum(float[] values, int columns) {
    double sum = 0;
    for (int i = 0; i < columns; i++) {
      sum += values[i];
    }
    return sum;
  }
}
