package io.github.dae4j.layer;

import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.BooleanIndexing;
import org.nd4j.linalg.indexing.conditions.Conditions;

/**
 * Filling of missing cells, NaN, by iterated reconstruction: they begin with some values, and each
 * iteration gives them those of the reconstruction of the whole.
 *
 * <p>A few iterations are best: an autoencoder that has learnt to make up for masked cells does so
 * for filled ones too, and goes too far. Under a sigmoid that comes to rest; a linear decoder can
 * go without end. Which number serves, cells that are known and held out can tell.
 *
 * @param iterations at least 1
 */
public record Imputation(int iterations) {

  /** Three iterations. */
  public static final Imputation DEFAULT = new Imputation(3);

  public Imputation {
    if (!(iterations >= 1)) {
      throw new IllegalArgumentException("impute iterations must be >= 1, got " + iterations);
    }
  }

  /**
   * A copy of x [n, features] whose missing cells are filled; the others stay as they are, bit for
   * bit.
   *
   * @param start what missing cells begin with, one value for each column [1, features] or
   *     [features]; null for 0
   * @param reconstruct [n, features] -> [n, features]
   */
  public INDArray of(INDArray x, INDArray start, UnaryOperator<INDArray> reconstruct) {
    INDArray filled = fill(x, rows(x, start));
    for (int iteration = 0; iteration < iterations; iteration++) {
      filled = fill(x, reconstruct.apply(filled));
    }
    return filled;
  }

  /** A copy of x with {@code values}, of the same shape, in the cells where x is NaN. */
  public static INDArray fill(INDArray x, INDArray values) {
    INDArray filled = x.dup('c');
    INDArray typed = values.castTo(x.dataType());
    BooleanIndexing.replaceWhere(
        filled, typed.ordering() == 'c' ? typed : typed.dup('c'), Conditions.isNan());
    return filled;
  }

  private static INDArray rows(INDArray x, INDArray start) {
    INDArray rows = Nd4j.zeros(x.dataType(), x.shape());
    if (start == null) {
      return rows;
    }
    if (start.length() != x.size(1)) {
      throw new IllegalArgumentException(
          "impute start must have %d values, one for each column, got %d"
              .formatted(x.size(1), start.length()));
    }
    return rows.addiRowVector(start.castTo(x.dataType()));
  }
}
