package io.github.dae4j.internal.compute;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.io.Serializable;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What lies between the products of a denoising step, row by row: each pass reads and writes a
 * minibatch once, where operations of ND4J would need two to five and a call of native code each.
 *
 * <p>All arrays must be such that {@link HostMemory#holdsRows} is true. An object is not for
 * several callers at a time: rows pass through arrays that are used again. A {@link ParallelLoop}
 * shares the rows.
 */
public final class FusedKernels implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Whose logarithm is that of less in {@link #softmaxCrossEntropy}, as in DL4J. */
  public static final double LEAST_PROBABILITY = 1e-10;

  private static final int LEAST_ROWS = 8;
  private static final int MOST_PARTS = 8;

  private transient KernelPart[] parts = {};
  private transient int used;
  private transient boolean validTargets;

  /** Copies the rows of {@code from} [m, d] that begin at one into an array [n, d]. */
  public static void copy(INDArray from, long first, INDArray to) {
    if (HostMemory.holdsRows(from) && HostMemory.holdsRows(to)) {
      new HostBuffer(to).copy(new HostBuffer(from), first * from.size(1));
    } else {
      to.assign(from.get(interval(first, first + to.size(0)), all()));
    }
  }

  /** a [n, d] becomes s(a + b), with the same b [1, d] for every row. */
  public void activate(INDArray a, INDArray b, Activation s) {
    HostBuffer cells = new HostBuffer(a);
    HostBuffer biases = new HostBuffer(b);
    each(a, part -> part.activate(cells, biases, s));
  }

  /**
   * Binary cross-entropy of z = sigmoid(a + b) against rows of x [m, d] that begin at one: a [n,
   * d], b [1, d]; a becomes the derivative z - x, and {@code sums} [1, d] its sums over the rows.
   *
   * @return the loss summed over all cells, in nats
   */
  public double crossEntropy(INDArray a, INDArray b, INDArray x, long first, INDArray sums) {
    HostBuffer cells = new HostBuffer(a);
    HostBuffer biases = new HostBuffer(b);
    HostBuffer targets = new HostBuffer(x);
    each(a, part -> part.crossEntropy(cells, biases, targets, first));
    validTargets = isSeenInAllParts();
    writeTotal(sums);
    return loss();
  }

  /**
   * The same where a cell counts {@code corrupted} if it was touched and {@code untouched} if not.
   *
   * @param touched 1 or 0 for each cell of x [m, d]
   */
  public double crossEntropy(
      INDArray a,
      INDArray b,
      INDArray x,
      INDArray touched,
      double corrupted,
      double untouched,
      long first,
      INDArray sums) {
    HostBuffer cells = new HostBuffer(a);
    HostBuffer biases = new HostBuffer(b);
    HostBuffer targets = new HostBuffer(x);
    HostBuffer marks = new HostBuffer(touched);
    each(
        a,
        part ->
            part.emphasizedCrossEntropy(
                cells, biases, targets, marks, (float) corrupted, (float) untouched, first));
    validTargets = isSeenInAllParts();
    writeTotal(sums);
    return loss();
  }

  /**
   * Any loss that goes by rows, of a + b against rows of x [m, d] that begin at one: a [n, d], b
   * [1, d]; a becomes the derivative, and {@code sums} [1, d] its sums over the rows.
   *
   * @param weights of the cells of x [m, d]; null if all are 1
   * @return the loss summed over all cells
   */
  public double loss(
      RowLoss loss,
      INDArray a,
      INDArray b,
      INDArray x,
      INDArray weights,
      long first,
      INDArray sums) {
    HostBuffer cells = new HostBuffer(a);
    HostBuffer biases = new HostBuffer(b);
    HostBuffer targets = new HostBuffer(x);
    HostBuffer factors = weights == null ? null : new HostBuffer(weights);
    each(a, part -> part.loss(loss, cells, biases, targets, factors, first));
    validTargets = isSeenInAllParts();
    writeTotal(sums);
    return loss();
  }

  /**
   * Cross-entropy of z = softmax(a + b) against the labels t, all [n, d], b [1, d]: a becomes the
   * derivative z - t of labels that sum to 1, and {@code sums} [1, d] its sums over the rows.
   *
   * @return the loss summed over all rows, in nats
   */
  public double softmaxCrossEntropy(INDArray a, INDArray b, INDArray t, INDArray sums) {
    HostBuffer cells = new HostBuffer(a);
    HostBuffer biases = new HostBuffer(b);
    HostBuffer targets = new HostBuffer(t);
    each(a, part -> part.softmaxCrossEntropy(cells, biases, targets));
    writeTotal(sums);
    return loss();
  }

  /**
   * dL/da from g = dL/dy for y = s(a), all [n, d]; the result may be y or g itself.
   *
   * @param sums of the result over the rows [1, d]
   */
  public void backprop(INDArray y, INDArray g, Activation s, INDArray da, INDArray sums) {
    HostBuffer outputs = new HostBuffer(y);
    HostBuffer derivatives = new HostBuffer(g);
    HostBuffer results = new HostBuffer(da);
    each(g, part -> part.backprop(outputs, derivatives, s, results));
    writeTotal(sums);
  }

  /**
   * Whether all targets of the last {@link #crossEntropy} were in [0, 1], or those of the last
   * {@link #loss} such as it takes; NaN is not.
   */
  public boolean sawValidTargets() {
    return validTargets;
  }

  /** True if every cell is in [0, 1], NaN is not; for any number of threads at a time. */
  public static boolean areProbabilities(INDArray x) {
    HostBuffer cells = new HostBuffer(x);
    FusedKernels rows = new FusedKernels();
    rows.each(x, part -> part.lookForProbabilities(cells));
    return rows.isSeenInAllParts();
  }

  /** True if no cell is NaN or infinite; for any number of threads at a time. */
  static boolean areFinite(INDArray x) {
    HostBuffer cells = new HostBuffer(x);
    FusedKernels kernels = new FusedKernels();
    kernels.each(x, part -> part.lookForFinite(cells));
    return kernels.isSeenInAllParts();
  }

  /**
   * Writes rows of x [m, d] from one on, where each touched cell has the value of its column in
   * another row, which is 1 to m - 1 rows further on, round the end. For several threads at a time.
   *
   * @param touched 1 or 0 for each group of columns [m, groups]
   * @param draws in [0, 1) for each group [m, groups], from the next row to the one before
   * @param groups of the columns [d]
   * @param to [n, d]
   */
  public static void swapRows(
      INDArray x, INDArray touched, INDArray draws, int[] groups, long first, INDArray to) {
    HostBuffer cells = new HostBuffer(x);
    HostBuffer marks = new HostBuffer(touched);
    HostBuffer fractions = new HostBuffer(draws);
    HostBuffer results = new HostBuffer(to);
    KernelPart.Swap swap =
        new KernelPart.Swap(
            cells, marks, fractions, groups, (int) touched.size(1), (int) x.size(0));
    new FusedKernels().each(to, part -> part.swapRows(swap, first, results));
  }

  private interface Pass {
    void over(KernelPart part);
  }

  /** The rows are cut into parts: a function of their number alone. */
  private void each(INDArray rows, Pass pass) {
    long n = rows.size(0);
    int columns = (int) rows.size(1);
    int count = (int) Math.max(1, Math.min(MOST_PARTS, n / LEAST_ROWS));
    prepare(count);
    ParallelLoop.each(
        count,
        i -> {
          parts[i].begin(n * i / count, n * (i + 1) / count, columns);
          pass.over(parts[i]);
        });
  }

  private void prepare(int count) {
    int before = parts == null ? 0 : parts.length;
    if (before < count) {
      parts = before == 0 ? new KernelPart[count] : Arrays.copyOf(parts, count);
      for (int i = before; i < count; i++) {
        parts[i] = new KernelPart();
      }
    }
    used = count;
  }

  private boolean isSeenInAllParts() {
    boolean all = true;
    for (int i = 0; i < used; i++) {
      all &= parts[i].sawWhatItLookedFor();
    }
    return all;
  }

  private double loss() {
    double loss = 0;
    for (int i = 0; i < used; i++) {
      loss += parts[i].loss();
    }
    return loss;
  }

  private void writeTotal(INDArray sums) {
    float[] total = parts[0].total();
    int columns = (int) sums.length();
    for (int i = 1; i < used; i++) {
      float[] more = parts[i].total();
      for (int j = 0; j < columns; j++) {
        total[j] += more[j];
      }
    }
    new HostBuffer(sums).write(total, 0, columns);
  }
}
