package io.github.dae4j.internal.compute;

import java.util.Arrays;

/** Some of the rows of a pass of {@link FusedKernels}, and what came of them. */
final class KernelPart {

  /** log(1 + exp(-|a|)) = -log(max(z, 1 - z)), where a factor is at least 1/2. */
  private static final int FACTORS = 64;

  private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

  private long from;
  private long to;
  private int columns;
  private float[] total = {};
  private double loss;
  private boolean seen;
  private Scratch scratch;

  void begin(long first, long end, int width) {
    from = first;
    to = end;
    columns = width;
    scratch = SCRATCH.get().of(width);
  }

  /** Of the rows of the pass, in the first {@code columns} places. */
  float[] total() {
    return total;
  }

  double loss() {
    return loss;
  }

  /** Whether all cells that the pass looked at were in [0, 1], or finite. */
  boolean sawWhatItLookedFor() {
    return seen;
  }

  void activate(HostBuffer a, HostBuffer b, Activation s) {
    float[] added = read(b, 0, scratch.bias);
    for (long row = from; row < to; row++) {
      float[] y = read(a, row, scratch.first);
      s.apply(y, added, columns);
      write(y, a, row);
    }
  }

  /** By loops of few operations: longer ones do not become vector instructions. */
  void crossEntropy(HostBuffer a, HostBuffer b, HostBuffer x, long first) {
    float[] added = read(b, 0, scratch.bias);
    float[] sums = clearTotal();
    float[] ax = scratch.third;
    float[] product = scratch.fourth;
    float[] excess = scratch.fifth;
    Arrays.fill(ax, 0, columns, 0);
    Arrays.fill(product, 0, columns, 1);
    Arrays.fill(excess, 0, columns, 0);
    loss = 0;
    for (long row = from; row < to; row++) {
      float[] z = read(a, row, scratch.first);
      float[] target = read(x, first + row, scratch.second);
      addExcess(target, excess);
      for (int i = 0; i < columns; i++) {
        z[i] += added[i];
        ax[i] += Math.max(z[i], 0f) - z[i] * target[i];
      }
      for (int i = 0; i < columns; i++) {
        z[i] = Sigmoid.of(z[i]);
      }
      for (int i = 0; i < columns; i++) {
        product[i] *= Math.max(z[i], 1 - z[i]);
        z[i] -= target[i];
        sums[i] += z[i];
      }
      write(z, a, row);
      if ((row - from) % FACTORS == FACTORS - 1) {
        loss -= sumOfLogs(product, columns);
        Arrays.fill(product, 0, columns, 1);
      }
    }
    loss += sum(ax, columns) - sumOfLogs(product, columns);
    seen = sum(excess, columns) == 0;
  }

  /** The two kinds of cells have products of their own, as what they count comes after the log. */
  void emphasizedCrossEntropy(
      HostBuffer a,
      HostBuffer b,
      HostBuffer x,
      HostBuffer marks,
      float corrupted,
      float untouched,
      long first) {
    float[] added = read(b, 0, scratch.bias);
    float[] sums = clearTotal();
    float[] ax = scratch.third;
    float[] products = scratch.fourth;
    float[] excess = scratch.fifth;
    float[] touchedProducts = scratch.sixth;
    Arrays.fill(ax, 0, columns, 0);
    Arrays.fill(products, 0, columns, 1);
    Arrays.fill(touchedProducts, 0, columns, 1);
    Arrays.fill(excess, 0, columns, 0);
    loss = 0;
    for (long row = from; row < to; row++) {
      float[] z = read(a, row, scratch.first);
      float[] target = read(x, first + row, scratch.second);
      float[] touched = read(marks, first + row, scratch.seventh);
      addExcess(target, excess);
      for (int i = 0; i < columns; i++) {
        float weight = untouched + touched[i] * (corrupted - untouched);
        z[i] += added[i];
        ax[i] += weight * (Math.max(z[i], 0f) - z[i] * target[i]);
      }
      for (int i = 0; i < columns; i++) {
        z[i] = Sigmoid.of(z[i]);
      }
      for (int i = 0; i < columns; i++) {
        float less = Math.max(z[i], 1 - z[i]) - 1;
        touchedProducts[i] *= 1 + touched[i] * less;
        products[i] *= 1 + (1 - touched[i]) * less;
      }
      for (int i = 0; i < columns; i++) {
        z[i] = (untouched + touched[i] * (corrupted - untouched)) * (z[i] - target[i]);
        sums[i] += z[i];
      }
      write(z, a, row);
      if ((row - from) % FACTORS == FACTORS - 1 || row == to - 1) {
        loss -= corrupted * sumOfLogs(touchedProducts, columns);
        loss -= untouched * sumOfLogs(products, columns);
        Arrays.fill(touchedProducts, 0, columns, 1);
        Arrays.fill(products, 0, columns, 1);
      }
    }
    loss += sum(ax, columns);
    seen = sum(excess, columns) == 0;
  }

  void loss(
      RowLoss rowLoss, HostBuffer a, HostBuffer b, HostBuffer x, HostBuffer factors, long first) {
    float[] added = read(b, 0, scratch.bias);
    float[] sums = clearTotal();
    loss = 0;
    seen = true;
    for (long row = from; row < to; row++) {
      float[] cells = read(a, row, scratch.first);
      float[] target = read(x, first + row, scratch.second);
      float[] weights = factors == null ? null : read(factors, first + row, scratch.third);
      for (int i = 0; i < columns; i++) {
        cells[i] += added[i];
      }
      loss += rowLoss.derive(cells, target, weights);
      seen &= rowLoss.takes(target);
      for (int i = 0; i < columns; i++) {
        sums[i] += cells[i];
      }
      write(cells, a, row);
    }
  }

  /**
   * What cells are swapped for.
   *
   * @param groups of the columns
   * @param count of the groups
   * @param rows to choose from
   */
  record Swap(
      HostBuffer cells, HostBuffer marks, HostBuffer draws, int[] groups, int count, int rows) {}

  void swapRows(Swap swap, long first, HostBuffer result) {
    float[] touched = new float[swap.count()];
    float[] drawn = new float[swap.count()];
    for (long row = from; row < to; row++) {
      long place = first + row;
      float[] cells = read(swap.cells(), place, scratch.first);
      swap.marks().read(place * swap.count(), touched, swap.count());
      swap.draws().read(place * swap.count(), drawn, swap.count());
      for (int i = 0; i < columns; i++) {
        int group = swap.groups()[i];
        if (touched[group] != 0) {
          int step = (int) ((double) drawn[group] * (swap.rows() - 1));
          cells[i] = swap.cells().get((place + 1 + step) % swap.rows() * columns + i);
        }
      }
      write(cells, result, row);
    }
  }

  void lookForFinite(HostBuffer x) {
    float[] excess = scratch.fifth;
    Arrays.fill(excess, 0, columns, 0);
    for (long row = from; row < to; row++) {
      float[] cells = read(x, row, scratch.first);
      for (int i = 0; i < columns; i++) {
        excess[i] += 0 * cells[i]; // NaN where the cell is not finite
      }
    }
    seen = sum(excess, columns) == 0;
  }

  void lookForProbabilities(HostBuffer x) {
    float[] excess = scratch.fifth;
    Arrays.fill(excess, 0, columns, 0);
    for (long row = from; row < to; row++) {
      addExcess(read(x, row, scratch.first), excess);
    }
    seen = sum(excess, columns) == 0;
  }

  /** Less than 0, or NaN, where x is not in [0, 1]; otherwise 0. */
  private void addExcess(float[] x, float[] excess) {
    for (int i = 0; i < columns; i++) {
      float product = x[i] * (1 - x[i]);
      excess[i] += product - Math.abs(product);
    }
  }

  void softmaxCrossEntropy(HostBuffer a, HostBuffer b, HostBuffer t) {
    float[] added = read(b, 0, scratch.bias);
    float[] sums = clearTotal();
    loss = 0;
    for (long row = from; row < to; row++) {
      float[] z = read(a, row, scratch.first);
      float[] target = read(t, row, scratch.second);
      softmax(z, added);
      for (int i = 0; i < columns; i++) {
        if (target[i] != 0) {
          loss -= target[i] * Math.log(Math.max(z[i], FusedKernels.LEAST_PROBABILITY));
        }
        z[i] -= target[i];
        sums[i] += z[i];
      }
      write(z, a, row);
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

  void backprop(HostBuffer y, HostBuffer g, Activation s, HostBuffer da) {
    float[] sums = clearTotal();
    for (long row = from; row < to; row++) {
      float[] result = read(g, row, scratch.first);
      s.backprop(read(y, row, scratch.second), result, columns);
      for (int i = 0; i < columns; i++) {
        sums[i] += result[i];
      }
      write(result, da, row);
    }
  }

  private float[] clearTotal() {
    total = total.length < columns ? new float[columns] : total;
    Arrays.fill(total, 0, columns, 0);
    return total;
  }

  private float[] read(HostBuffer cells, long row, float[] values) {
    cells.read(row * columns, values, columns);
    return values;
  }

  private void write(float[] values, HostBuffer cells, long row) {
    cells.write(values, row * columns, columns);
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

  /** Arrays that rows pass through, of each thread: they stay in its first cache. */
  private static final class Scratch {

    private float[] first = {};
    private float[] second = {};
    private float[] third = {};
    private float[] fourth = {};
    private float[] fifth = {};
    private float[] sixth = {};
    private float[] seventh = {};
    private float[] bias = {};

    Scratch of(int width) {
      if (first.length < width) {
        first = new float[width];
        second = new float[width];
        third = new float[width];
        fourth = new float[width];
        fifth = new float[width];
        sixth = new float[width];
        seventh = new float[width];
        bias = new float[width];
      }
      return this;
    }
  }
}
