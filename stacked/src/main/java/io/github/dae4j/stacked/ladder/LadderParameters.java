package io.github.dae4j.stacked.ladder;

import io.github.dae4j.internal.compute.MatrixCells;
import java.util.Arrays;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * All parameters of a ladder, or their derivatives, as views of one array.
 *
 * <p>Of each level l from 1 on: weights [d(l-1), d(l)] and, as rows of one matrix, bias and scale
 * [1 or 2, d(l)]. Of each decoded level: the combinator's [count, d(l)] and, below the top, the
 * decoder's weights [d(l+1), d(l)].
 */
final class LadderParameters {

  static final int BIAS = 0;
  static final int SCALE = 1;

  private final INDArray flat;
  private final INDArray[] weights;
  private final INDArray[] decoderWeights;
  private final MatrixCells[] affine;
  private final MatrixCells[] combinator;
  private long next;

  /** Views of an array [1, {@link #count}]. */
  LadderParameters(LadderShape shape, INDArray flat) {
    this.flat = flat;
    int levels = shape.widths().length;
    weights = new INDArray[levels];
    decoderWeights = new INDArray[levels];
    affine = new MatrixCells[levels];
    combinator = new MatrixCells[levels];
    for (int level = 0; level < levels; level++) {
      int width = shape.widths()[level];
      if (level > 0) {
        weights[level] = view(shape.widths()[level - 1], width);
        affine[level] = new MatrixCells(view(shape.isScaled(level) ? 2 : 1, width));
      }
      if (shape.isDecoded(level)) {
        combinator[level] = new MatrixCells(view(shape.combinator().count(), width));
        if (level < shape.top()) {
          decoderWeights[level] = view(shape.widths()[level + 1], width);
        }
      }
    }
  }

  private INDArray view(int rows, int columns) {
    long from = next;
    next += (long) rows * columns;
    return flat.reshape(flat.length())
        .get(NDArrayIndex.interval(from, next))
        .reshape('c', rows, columns);
  }

  static long count(LadderShape shape) {
    long count = 0;
    for (int level = 0; level < shape.widths().length; level++) {
      long width = shape.widths()[level];
      count +=
          level == 0 ? 0 : (shape.widths()[level - 1] + (shape.isScaled(level) ? 2 : 1)) * width;
      count += shape.isDecoded(level) ? shape.combinator().count() * width : 0;
      count +=
          shape.isDecoded(level) && level < shape.top() ? shape.widths()[level + 1] * width : 0;
    }
    return count;
  }

  /** Biases 0, scales 1, decoder N(0, 1 / fan-in), combinators their own; weights are left. */
  void initialize(LadderShape shape, long seed) {
    Random random = new Random(seed); // its sequence is part of Java
    for (int level = 0; level < weights.length; level++) {
      int width = shape.widths()[level];
      if (level > 0) {
        fill(affine[level], width, 0, shape.isScaled(level) ? 1 : Double.NaN);
      }
      if (shape.isDecoded(level)) {
        fill(combinator[level], width, shape.combinator().initial());
      }
      if (decoderWeights[level] != null) {
        int fanIn = shape.widths()[level + 1];
        double[] values = new double[fanIn * width];
        for (int i = 0; i < values.length; i++) {
          values[i] = random.nextGaussian() / Math.sqrt(fanIn);
        }
        decoderWeights[level].assign(
            Nd4j.createFromArray(values).reshape('c', fanIn, width).castTo(flat.dataType()));
      }
    }
  }

  /** Each row has one value; NaN is for a row that is not there. */
  private static void fill(MatrixCells rows, int width, double... values) {
    double[] row = new double[width];
    for (int i = 0; i < values.length && !Double.isNaN(values[i]); i++) {
      Arrays.fill(row, values[i]);
      rows.write(i, 1, 0, width, row, new float[width]);
    }
  }

  INDArray flat() {
    return flat;
  }

  INDArray weights(int level) {
    return weights[level];
  }

  /** V [d(l+1), d(l)]: what level l + 1 says of level l. */
  INDArray decoderWeights(int level) {
    return decoderWeights[level];
  }

  /** Rows {@link #BIAS} and {@link #SCALE}. */
  MatrixCells affine(int level) {
    return affine[level];
  }

  MatrixCells combinator(int level) {
    return combinator[level];
  }
}
