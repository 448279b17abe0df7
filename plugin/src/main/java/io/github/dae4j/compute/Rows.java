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

  /** Whose logarithm is that of less in {@link #softmaxCrossEntropy}, as in DL4J. */
  public static final double LEAST_PROBABILITY = 1e-10;

  private static final int LEAST_ROWS = 8;
  private static final int MOST_PARTS = 8;

  private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

  private transient Part[] parts = {};

  /** Copies the rows of {@code from} [m, d] that begin at one into an array [n, d]. */
  public static void copy(INDArray from, long first, INDArray to) {
    if (HostMemory.holdsRows(from) && HostMemory.holdsRows(to)) {
      Pointer.memcpy(
          HostMemory.cells(to),
          HostMemory.at(HostMemory.cells(from), first * from.size(1)),
          to.length() * Float.BYTES);
    } else if (from.size(0) == to.size(0)) {
      to.assign(from);
    } else {
      copy(from.dup('c'), first, to);
    }
  }

  /** a [n, d] becomes s(a + b), with the same b [1, d] for every row. */
  public void activate(INDArray a, INDArray b, Activation s) {
    FloatPointer cells = HostMemory.cells(a);
    FloatPointer biases = HostMemory.cells(b);
    each(a, part -> part.activate(cells, biases, s));
  }

  /**
   * Binary cross-entropy of z = sigmoid(a + b) against rows of x [m, d] that begin at one: a [n,
   * d], b [1, d]; a becomes the derivative z - x, and {@code sums} [1, d] its sums over the rows.
   *
   * @return the loss summed over all cells, in nats
   */
  public double crossEntropy(INDArray a, INDArray b, INDArray x, long first, INDArray sums) {
    FloatPointer cells = HostMemory.cells(a);
    FloatPointer biases = HostMemory.cells(b);
    FloatPointer targets = HostMemory.cells(x);
    int used = each(a, part -> part.crossEntropy(cells, biases, targets, first));
    writeTotal(used, sums);
    return loss(used);
  }

  /**
   * Cross-entropy of z = softmax(a + b) against the labels t, all [n, d], b [1, d]: a becomes the
   * derivative z - t of labels that sum to 1, and {@code sums} [1, d] its sums over the rows.
   *
   * @return the loss summed over all rows, in nats
   */
  public double softmaxCrossEntropy(INDArray a, INDArray b, INDArray t, INDArray sums) {
    FloatPointer cells = HostMemory.cells(a);
    FloatPointer biases = HostMemory.cells(b);
    FloatPointer targets = HostMemory.cells(t);
    int used = each(a, part -> part.softmaxCrossEntropy(cells, biases, targets));
    writeTotal(used, sums);
    return loss(used);
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

  private double loss(int used) {
    double loss = 0;
    for (int i = 0; i < used; i++) {
      loss += parts[i].loss;
    }
    return loss;
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

  /** Some of the rows, and what came of them. */
  private static final class Part {

    private long from;
    private long to;
    private int columns;
    private float[] total = {};
    private double loss;
    private Scratch scratch;

    void begin(long first, long end, int width) {
      from = first;
      to = end;
      columns = width;
      scratch = SCRATCH.get().of(width);
    }

    void activate(FloatPointer a, FloatPointer b, Activation s) {
      float[] added = readBias(b);
      FloatPointer cells = HostMemory.at(a, 0);
      for (long row = from; row < to; row++) {
        float[] y = read(cells, row, scratch.first);
        for (int i = 0; i < columns; i++) {
          y[i] += added[i];
        }
        s.apply(y, columns);
        write(y, cells, row);
      }
    }

    void crossEntropy(FloatPointer a, FloatPointer b, FloatPointer x, long first) {
      FloatPointer cells = HostMemory.at(a, 0);
      FloatPointer targets = HostMemory.at(x, 0);
      float[] added = readBias(b);
      float[] sums = clearTotal();
      float[] ax = scratch.third;
      float[] product = scratch.fourth;
      Arrays.fill(ax, 0, columns, 0);
      Arrays.fill(product, 0, columns, 1);
      loss = 0;
      for (long row = from; row < to; row++) {
        float[] z = read(cells, row, scratch.first);
        float[] target = read(targets, first + row, scratch.second);
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
          Arrays.fill(product, 0, columns, 1);
        }
      }
      loss += sum(ax, columns) - sumOfLogs(product, columns);
    }

    void softmaxCrossEntropy(FloatPointer a, FloatPointer b, FloatPointer t) {
      FloatPointer cells = HostMemory.at(a, 0);
      FloatPointer targets = HostMemory.at(t, 0);
      float[] added = readBias(b);
      float[] sums = clearTotal();
      loss = 0;
      for (long row = from; row < to; row++) {
        float[] z = read(cells, row, scratch.first);
        float[] target = read(targets, row, scratch.second);
        softmax(z, added);
        for (int i = 0; i < columns; i++) {
          if (target[i] != 0) {
            loss -= target[i] * Math.log(Math.max(z[i], LEAST_PROBABILITY));
          }
          z[i] -= target[i];
          sums[i] += z[i];
        }
        write(z, cells, row);
      }
    }

    private void softmax(float[] z, float[] added) {
      float largest = Float.NEGATIVE_INFINITY;
      for (int i = 0; i < columns; i++) {
        z[i] += added[i];
        largest = Math.max(largest, z[i]);
      }
      float sum = 0;
      for (int i = 0; i < columns; i++) {
        z[i] = (float) Math.exp(z[i] - largest);
        sum += z[i];
      }
      for (int i = 0; i < columns; i++) {
        z[i] /= sum;
      }
    }

    void backprop(FloatPointer y, FloatPointer g, Activation s, FloatPointer da) {
      FloatPointer outputs = HostMemory.at(y, 0);
      FloatPointer derivatives = HostMemory.at(g, 0);
      FloatPointer results = HostMemory.at(da, 0);
      float[] sums = clearTotal();
      for (long row = from; row < to; row++) {
        float[] result = read(derivatives, row, scratch.first);
        s.backprop(read(outputs, row, scratch.second), result, columns);
        for (int i = 0; i < columns; i++) {
          sums[i] += result[i];
        }
        write(result, results, row);
      }
    }

    boolean areProbabilities(FloatPointer x) {
      FloatPointer cells = HostMemory.at(x, 0);
      float[] excess = scratch.second;
      Arrays.fill(excess, 0, columns, 0);
      for (long row = from; row < to; row++) {
        float[] values = read(cells, row, scratch.first);
        for (int i = 0; i < columns; i++) {
          float product = values[i] * (1 - values[i]); // not negative within [0, 1] alone
          excess[i] += product - Math.abs(product);
        }
      }
      boolean all = true;
      for (int i = 0; i < columns; i++) {
        all &= excess[i] == 0;
      }
      return all;
    }

    private float[] readBias(FloatPointer b) {
      return read(HostMemory.at(b, 0), 0, scratch.bias);
    }

    private float[] clearTotal() {
      total = total.length < columns ? new float[columns] : total;
      Arrays.fill(total, 0, columns, 0);
      return total;
    }

    private float[] read(FloatPointer cells, long row, float[] values) {
      cells.position(row * columns).get(values, 0, columns);
      return values;
    }

    private void write(float[] values, FloatPointer cells, long row) {
      cells.position(row * columns).put(values, 0, columns);
    }
  }

  /** Arrays that rows pass through, of each thread: they stay in its first cache. */
  private static final class Scratch {

    private float[] first = {};
    private float[] second = {};
    private float[] third = {};
    private float[] fourth = {};
    private float[] bias = {};

    Scratch of(int width) {
      if (first.length < width) {
        first = new float[width];
        second = new float[width];
        third = new float[width];
        fourth = new float[width];
        bias = new float[width];
      }
      return this;
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
