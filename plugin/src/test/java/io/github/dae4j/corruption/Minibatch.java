package io.github.dae4j.corruption;

import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/** Inputs for the tests: their values, and the ways they can lie in memory. */
final class Minibatch {

  enum Layout {
    C,
    F,
    VIEW,
    TRANSPOSED_VIEW;

    INDArray of(INDArray x) {
      return switch (this) {
        case C -> x.dup('c');
        case F -> x.dup('f');
        case VIEW -> inside(x);
        case TRANSPOSED_VIEW -> inside(x.transpose()).transpose();
      };
    }

    private static INDArray inside(INDArray x) {
      INDArray larger = Nd4j.valueArrayOf(x.rows() + 3, x.columns() + 5, 7.0).castTo(x.dataType());
      INDArray view = larger.get(interval(1, x.rows() + 1), interval(2, x.columns() + 2));
      return view.assign(x);
    }
  }

  private Minibatch() {}

  static Random random(long seed) {
    return Nd4j.getRandomFactory().getNewRandomInstance(seed);
  }

  /** In [0, 1]; one in four is 0 or 1. */
  static double level(java.util.Random random) {
    return Math.max(0, Math.min(1, random.nextDouble() * 4 / 3 - 1.0 / 6));
  }

  /** Every cell has a value of its own, exact in HALF up to 2048 cells: 1, 2, 3, ... */
  static INDArray numbered(DataType type, long rows, long columns) {
    return Nd4j.linspace(DataType.DOUBLE, 1.0, 1.0, rows * columns)
        .reshape(rows, columns)
        .castTo(type);
  }

  static INDArray ones(long rows, long columns) {
    return Nd4j.ones(DataType.FLOAT, rows, columns);
  }

  static double[][] doubles(INDArray x) {
    return x.castTo(DataType.DOUBLE).toDoubleMatrix();
  }

  /**
   * How far the mean of {@code count} independent numbers in [0, 1] may be from its expectation
   * before a test fails; a correct one does so with a probability below 1e-9 (Hoeffding 1963).
   */
  static double tolerance(long count) {
    return Math.sqrt(Math.log(2 / 1e-9) / (2 * count));
  }
}
